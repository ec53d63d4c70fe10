package dev.koda.checks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.tls.TlsChecks;
import dev.koda.checks.tls.TlsOptions;
import dev.koda.checks.tls.TlsTarget;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The certificate of a real Postgres, judged after the ladder that says whether it is trusted. */
class PostgresCertificateTest {
    private static final Vertx VERTX = Vertx.vertx();

    private static PostgresServer server;
    private static Path ending;
    private static Path expired;

    @BeforeAll
    static void makeCertificates() throws Exception {
        server = PostgresServer.shared();
        var dates = new String[] {"-startdate", "-80d", "-validity", "85"};
        ending = server.certificates().server("ending", "san=ip:127.0.0.1", dates);
        expired = server.certificates().server("past", "san=ip:127.0.0.1", "-startdate", "-30d", "-validity", "10");
    }

    @AfterAll
    static void close() throws Exception {
        LadderRun.await(VERTX.close());
    }

    @AfterEach
    void presentTheGoodOneAgain() throws Exception {
        server.presents(server.certificate());
    }

    @Test
    void passesWhoeverSignedIt() {
        var result = EngineRun.named(report(SslMode.REQUIRE), "tls.certificate");

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
    }

    @Test
    void expiresSoonAlthoughTheLadderIsContent() throws Exception {
        server.presents(ending);

        var report = report(SslMode.VERIFY_FULL);

        assertThat(EngineRun.named(report, "postgres.tls").status()).isEqualTo(Status.PASS);
        var result = EngineRun.named(report, "tls.certificate");
        assertThat(result.reason()).hasToString("tls_expires_soon");
        assertThat(result.status()).isEqualTo(Status.FAIL);
    }

    @Test
    void isNotAskedWhereTheLadderHasFoundItExpired() throws Exception {
        server.presents(expired);

        assertThat(EngineRun.named(report(SslMode.VERIFY_CA), "tls.certificate").isNotRun())
                .isTrue();
        assertThat(EngineRun.named(report(SslMode.REQUIRE), "tls.certificate").reason())
                .hasToString("tls_expired");
    }

    @Test
    void isMissingWhereTheServerOffersNoTls() throws Exception {
        server.set("ssl", "off");
        try {
            var check = TlsChecks.check(target(), TlsOptions.DEFAULT, () -> VERTX, TimeSource.system());
            var alone = CheckSpec.of("my.database").in(Suite.DOCTOR).run(check);

            assertThat(EngineRun.result(alone).reason()).hasToString("tls_unsupported");
        } finally {
            server.set("ssl", "on");
        }
    }

    @Test
    void warnsWhereTheServerStillTakesAnOldProtocol() throws Exception {
        server.set("ssl_ciphers", "DEFAULT@SECLEVEL=0");
        server.set("ssl_min_protocol_version", "TLSv1.1");
        try {
            var result = EngineRun.named(report(SslMode.REQUIRE), "tls.certificate");

            assertThat(result.reason()).as(result.message()).hasToString("tls_old_protocol");
            assertThat(result.status()).isEqualTo(Status.WARN);
        } finally {
            server.set("ssl_min_protocol_version", "TLSv1.2");
        }
    }

    private static TlsTarget target() {
        return TlsTarget.postgres("127.0.0.1", server.port());
    }

    private static Report report(SslMode mode) {
        var options = server.options().timeout(Duration.ofSeconds(10)).sslMode(mode);
        boolean isVerifying = mode.compareTo(SslMode.VERIFY_CA) >= 0;
        var specs = new ArrayList<CheckSpec>(PostgresChecks.of(
                isVerifying ? options.rootCertificate(server.certificates().root()) : options,
                () -> VERTX,
                TimeSource.system()));
        specs.add(TlsChecks.server(target(), TlsOptions.DEFAULT, () -> VERTX, TimeSource.system()));
        return EngineRun.report(specs);
    }
}
