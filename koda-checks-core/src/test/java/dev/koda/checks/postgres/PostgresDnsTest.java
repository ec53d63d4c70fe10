package dev.koda.checks.postgres;

import static dev.koda.checks.postgres.LadderRun.assertOnlyBroken;
import static dev.koda.checks.postgres.LadderRun.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.dns.AddressResolverOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A name server of our own answers as a broken one does. */
class PostgresDnsTest {
    private static final int SERVFAIL = 2;
    private static final int NXDOMAIN = 3;

    private DatagramSocket nameServer;

    @BeforeEach
    void listen() throws Exception {
        nameServer = LadderRun.VERTX.createDatagramSocket();
        await(nameServer.listen(0, "127.0.0.1"));
    }

    @AfterEach
    void close() throws Exception {
        await(nameServer.close());
    }

    @Test
    void tellsANameThatDoesNotExist() throws Exception {
        answerWith(NXDOMAIN);

        assertOnlyBroken(report(), "postgres.dns", Status.FAIL, "dns_not_found");
    }

    @Test
    void tellsANameServerThatCannotAnswer() throws Exception {
        answerWith(SERVFAIL);

        assertOnlyBroken(report(), "postgres.dns", Status.FAIL, "dns_timeout");
    }

    @Test
    void tellsASilentNameServerBeforeTheEngineDoes() throws Exception {
        var report = report();

        assertOnlyBroken(report, "postgres.dns", Status.FAIL, "dns_timeout");
        assertThat(report.took()).isLessThan(Duration.ofMillis(3500));
    }

    private void answerWith(int code) {
        nameServer.handler(packet -> {
            var question = packet.data();
            var answer = Buffer.buffer()
                    .appendBuffer(question.slice(0, 2))
                    .appendByte((byte) 0x81)
                    .appendByte((byte) (0x80 | code))
                    .appendBuffer(question.slice(4, 10))
                    .appendShort((short) 0)
                    .appendBuffer(question.slice(12, question.length()));
            nameServer.send(answer, packet.sender().port(), packet.sender().host());
        });
    }

    private Report report() throws Exception {
        var resolver = new AddressResolverOptions()
                .setServers(List.of("127.0.0.1:" + nameServer.localAddress().port()))
                .setSearchDomains(List.of())
                .setOptResourceEnabled(false);
        var vertx = Vertx.vertx(new VertxOptions().setAddressResolverOptions(resolver));
        var options = PostgresOptions.of("db.internal.example", 5432, "koda", "koda", () -> "");
        try {
            return new LadderRun(options, vertx, TimeSource.system()).report();
        } finally {
            await(vertx.close());
        }
    }
}
