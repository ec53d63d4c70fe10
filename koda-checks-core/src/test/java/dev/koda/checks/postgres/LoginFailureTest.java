package dev.koda.checks.postgres;

import static dev.koda.checks.postgres.LadderRun.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Status;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.net.SocketException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** What goes wrong at a login without a word of the server. */
class LoginFailureTest {
    private final PostgresOptions options = PostgresOptions.of("db", 5432, "koda", "koda", () -> "");

    private String reason(Throwable failure) {
        var read = LoginFailure.broken(failure, options);
        assertThat(read).isInstanceOf(BrokenRung.class);
        return String.valueOf(((BrokenRung) read).outcome.reason());
    }

    @Test
    void tellsEachByItsType() {
        assertThat(reason(new ConnectException())).isEqualTo("connection_refused");
        assertThat(reason(new SSLException("x"))).isEqualTo("tls_handshake");
        assertThat(reason(new SocketException("x"))).isEqualTo("connection_reset");
        assertThat(reason(ClosedConnectionException.INSTANCE)).isEqualTo("connection_reset");
        assertThat(reason(new DecoderException(new UnsupportedOperationException())))
                .isEqualTo("unexpected_answer");
        assertThat(reason(new UnsupportedOperationException("no mechanism"))).isEqualTo("auth_unsupported");
    }

    /** The text of the client of this version, when its optional library is missing. */
    @Test
    void blamesTheClassPathAndNotTheServerForAMissingLibrary() {
        var missing = new VertxException(
                "Scram authentication not supported, missing com.ongres.scram:scram-client on the class/module path");

        assertThat(reason(missing)).isEqualTo("auth_unsupported");
    }

    @Test
    void passesABugOnAsItIs() {
        var bug = new IllegalStateException("bug");

        assertThat(LoginFailure.broken(bug, options)).isSameAs(bug);
    }

    @Test
    void namesALoginThatOnlyOthersCan() throws Exception {
        var gss = Buffer.buffer("R").appendInt(8).appendInt(7);
        var server =
                LadderRun.VERTX.createNetServer().connectHandler(socket -> socket.handler(hello -> socket.write(gss)));
        await(server.listen(0, "127.0.0.1"));
        try {
            var kerberos = PostgresOptions.of("127.0.0.1", server.actualPort(), "koda", "koda", () -> "")
                    .sslMode(SslMode.DISABLE);

            var auth = LadderRun.result(LadderRun.report(kerberos), "postgres.auth");

            assertThat(auth.status()).isEqualTo(Status.FAIL);
            assertThat(auth.reason()).as(auth.message()).hasToString("auth_unsupported");
        } finally {
            await(server.close());
        }
    }
}
