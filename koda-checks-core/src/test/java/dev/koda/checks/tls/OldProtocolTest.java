package dev.koda.checks.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.VirtualTime;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against openssl, which speaks the old versions, and against answers that are hand-made. */
class OldProtocolTest {
    private static final TlsServer SERVERS = new TlsServer();

    @TempDir
    static Path directory;

    private static Issued presented;
    private static TlsOptions trusting;

    @BeforeAll
    static void issue() throws Exception {
        var root = Issued.root("Our authority");
        presented = root.sign("leaf").names("127.0.0.1").issue();
        trusting = TlsOptions.DEFAULT.roots(Files.writeString(directory.resolve("roots.pem"), root.leafPem()));
    }

    @AfterAll
    static void close() {
        SERVERS.close();
    }

    @ParameterizedTest(name = "{0} alone")
    @CsvSource({"-tls1_1, TLS 1.1", "-tls1, TLS 1.0"})
    void failsWhereNothingNewerIsSpoken(String version, String name) throws Exception {
        try (var server = OpensslServer.start(directory, presented, version)) {
            var result = run(server.port());

            assertThat(result.reason()).as(result.message()).isEqualTo(new Reason("tls_old_protocol"));
            assertThat(result.status()).isEqualTo(Status.FAIL);
            assertThat(result.message())
                    .isEqualTo(
                            "127.0.0.1:" + server.port() + " speaks " + name + " at most, expected TLS 1.2 or newer");
            assertThat(result.outcome().hint()).contains("switch on TLS 1.2");
        }
    }

    /** It takes the greeting with TLS 1.1, and speaks newer ones: what breaks the handshake is that it wants to know us. */
    @Test
    void doesNotBlameTheVersionWhereTheServerWantsACertificateOfTheClient() throws Exception {
        try (var server = OpensslServer.start(
                directory, presented, "-no_tls1_3", "-no_tls1", "-Verify", "1", "-verify_return_error")) {
            var result = run(server.port());

            assertThat(result.reason()).as(result.message()).isEqualTo(new Reason("tls_handshake"));
        }
    }

    @ParameterizedTest(name = "beside newer ones, without {0}")
    @CsvSource({"-no_tls1, TLS 1.1", "-no_tls1_1, TLS 1.0"})
    void warnsWhereOneIsStillAccepted(String without, String name) throws Exception {
        try (var server = OpensslServer.start(directory, presented, without)) {
            var result = run(server.port());

            assertThat(result.reason()).as(result.message()).isEqualTo(new Reason("tls_old_protocol"));
            assertThat(result.status()).isEqualTo(Status.WARN);
            assertThat(result.message()).contains("still accepts " + name);
            assertThat(result.outcome().observed()).containsKey("remaining");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void passesWhereNoneIs(String version) throws Exception {
        try (var server = OpensslServer.start(directory, presented, version)) {
            var result = run(server.port());

            assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        }
    }

    @Test
    void namesWhatMattersMoreFirst() throws Exception {
        var ending = Issued.alone("leaf").names("127.0.0.1").days(-80, 9).issue();
        try (var server = OpensslServer.start(directory, ending, "-no_tls1")) {
            var options = TlsOptions.DEFAULT.roots(Files.writeString(directory.resolve("own.pem"), ending.leafPem()));

            var result = EngineRun.result(
                    TlsChecks.server(TlsTarget.of("127.0.0.1", server.port()), options, SERVERS::vertx, time()));

            assertThat(result.reason()).isEqualTo(new Reason("tls_expires_soon"));
            assertThat(result.message()).contains("; 127.0.0.1:" + server.port() + " still accepts TLS 1.1");
        }
    }

    /** Each refused handshake is a line in the log of that server. */
    @Test
    void asksAServerThatRefusesOnceAnHour() throws Exception {
        int port = SERVERS.presenting(presented.chainPem(), presented);
        var inFront = new AtomicInteger();
        int proxy = SERVERS.inFrontOf(port, inFront);
        var time = new VirtualTime();
        var old = new OldProtocol(TlsTarget.of("127.0.0.1", proxy), time);

        for (int minute = 0; minute < 59; minute += 10) {
            assertThat(ask(old, proxy)).isEmpty();
            time.advance(Duration.ofMinutes(10));
        }

        assertThat(inFront).hasValue(1);
        assertThat(ask(old, proxy)).isEmpty();
        assertThat(inFront).hasValue(2);
    }

    @Test
    void asksAServerThatAcceptsEachTime() throws Exception {
        try (var server = OpensslServer.start(directory, presented)) {
            var inFront = new AtomicInteger();
            int proxy = SERVERS.inFrontOf(server.port(), inFront);
            var old = new OldProtocol(TlsTarget.of("127.0.0.1", proxy), new VirtualTime());

            assertThat(ask(old, proxy)).contains("TLS 1.1");
            assertThat(ask(old, proxy)).contains("TLS 1.1");
            assertThat(inFront).hasValue(2);
        }
    }

    /** Records: a greeting in each version, alerts, nonsense. */
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "16 03 02 00 31 02 00 00 2d 03 02, TLS 1.1",
        "16 03 01 00 31 02 00 00 2d 03 01 99 99, TLS 1.0",
        "16 03 00 00 31 02 00 00 2d 03 00, SSL 3",
        "16 03 03 00 31 02 00 00 2d 03 03, ''",
        "16 03 01 00 31 01 00 00 2d 03 01, ''",
        "15 03 02 00 02 02 46, ''",
        "48 54 54 50, ''"
    })
    void readsTheAnswerHoweverItIsCut(String hex, String version) {
        var bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        int port = SERVERS.plain(socket -> socket.handler(hello -> {
            for (var each : bytes) {
                socket.write(Buffer.buffer(new byte[] {each}));
            }
        }));

        var old = new OldProtocol(TlsTarget.of("127.0.0.1", port), time());

        assertThat(ask(old, port)).isEqualTo(version.isEmpty() ? Optional.empty() : Optional.of(version));
    }

    @Test
    void takesSilenceAndHangingUpForARefusal() {
        int silent = SERVERS.plain(socket -> {});
        int closing = SERVERS.plain(socket -> socket.handler(hello -> socket.close()));

        assertThat(ask(new OldProtocol(TlsTarget.of("127.0.0.1", silent), time()), silent))
                .isEmpty();
        assertThat(ask(new OldProtocol(TlsTarget.of("127.0.0.1", closing), time()), closing))
                .isEmpty();
    }

    @Test
    void remembersARefusalAndNotSilence() {
        var silent = new AtomicInteger();
        int silence = SERVERS.plain(socket -> silent.incrementAndGet());
        var closed = new AtomicInteger();
        int closing = SERVERS.plain(socket -> {
            closed.incrementAndGet();
            socket.handler(hello -> socket.close());
        });
        var ofSilence = new OldProtocol(TlsTarget.of("127.0.0.1", silence), new VirtualTime());
        var ofClosing = new OldProtocol(TlsTarget.of("127.0.0.1", closing), new VirtualTime());

        for (int i = 0; i < 2; i++) {
            assertThat(ask(ofSilence, silence)).isEmpty();
            assertThat(ask(ofClosing, closing)).isEmpty();
        }

        assertThat(silent).hasValue(2);
        assertThat(closed).hasValue(1);
    }

    @Test
    void greetsWithTheNameOfTheServer() {
        var named = OldHello.to("koda.example");
        var plain = OldHello.to("127.0.0.1");

        var newer = OldHello.withTls12To("koda.example");

        assertThat(newer.length()).isEqualTo(5 + newer.getUnsignedShort(3));
        assertThat(newer.getUnsignedShort(9)).isEqualTo(0x0303);
        assertThat(named.getUnsignedShort(9)).isEqualTo(0x0302);
        assertThat(named.length()).isEqualTo(5 + named.getUnsignedShort(3));
        assertThat(named.getMedium(6)).isEqualTo(named.length() - 9);
        assertThat(named.toString(StandardCharsets.ISO_8859_1)).contains("koda.example");
        assertThat(named.length() - plain.length()).isEqualTo(9 + "koda.example".length());
    }

    private static Optional<String> ask(OldProtocol old, int port) {
        var handshakes = new Handshakes(TlsTarget.of("127.0.0.1", port), SERVERS.vertx());
        return TlsServer.await(old.ask(handshakes, Duration.ofSeconds(2)).eventually(handshakes::close));
    }

    private static TimeSource time() {
        return TimeSource.system();
    }

    private static CheckResult run(int port) {
        var spec = TlsChecks.server(TlsTarget.of("127.0.0.1", port), trusting, SERVERS::vertx, time());
        return EngineRun.result(spec);
    }
}
