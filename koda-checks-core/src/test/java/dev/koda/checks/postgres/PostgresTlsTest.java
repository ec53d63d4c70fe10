package dev.koda.checks.postgres;

import static dev.koda.checks.postgres.LadderRun.assertOnlyBroken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Report;
import dev.koda.checks.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real server that changes its certificate; all are signed by the same test authority. */
class PostgresTlsTest {
    private static PostgresServer server;
    private static Path good;
    private static Path forAnotherHost;
    private static Path expired;

    @BeforeAll
    static void makeCertificates() throws Exception {
        server = PostgresServer.shared();
        good = server.certificate();
        forAnotherHost = server.certificates().server("other", "san=dns:other.example");
        expired = server.certificates().server("expired", "san=ip:127.0.0.1", "-startdate", "-30d", "-validity", "10");
    }

    @AfterEach
    void presentTheGoodOneAgain() throws Exception {
        server.presents(good);
    }

    @ParameterizedTest
    @EnumSource(SslMode.class)
    void logsInUnderEverySslModeThatTheCertificateSatisfies(SslMode mode) throws Exception {
        var report = report(mode);

        assertThat(report.status()).as(() -> LadderRun.texts(report).toString()).isEqualTo(Status.PASS);
        assertThat(server.query("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'koda-checks'"))
                .isEqualTo("0");
    }

    @Test
    void acceptsTheNameInPlaceOfTheAddress() throws Exception {
        var options = PostgresOptions.of("localhost", server.port(), "koda", "koda", () -> PostgresServer.PASSWORD)
                .sslMode(SslMode.VERIFY_FULL)
                .rootCertificate(server.certificates().root());

        var report = LadderRun.report(options);

        assertThat(report.status()).as(() -> LadderRun.texts(report).toString()).isEqualTo(Status.PASS);
    }

    @Test
    void tellsACertificateForAnotherHost() throws Exception {
        server.presents(forAnotherHost);

        assertOnlyBroken(report(SslMode.VERIFY_FULL), "postgres.tls", Status.FAIL, "tls_hostname");
        assertThat(report(SslMode.VERIFY_CA).status()).isEqualTo(Status.PASS);
    }

    @Test
    void tellsAnExpiredCertificate() throws Exception {
        server.presents(expired);

        assertOnlyBroken(report(SslMode.VERIFY_CA), "postgres.tls", Status.FAIL, "tls_expired");
        assertThat(report(SslMode.REQUIRE).status()).isEqualTo(Status.PASS);
    }

    @Test
    void tellsAnAuthorityThatNobodyTrusts() throws Exception {
        var options = server.options().sslMode(SslMode.VERIFY_FULL);

        assertOnlyBroken(LadderRun.report(options), "postgres.tls", Status.FAIL, "tls_untrusted");
    }

    @Test
    void verifiesUnderRequireWhereARootIsGivenAsLibpqDoes(@TempDir Path directory) throws Exception {
        var other = new Certificates(directory).root();
        var options = server.options().sslMode(SslMode.REQUIRE).rootCertificate(other);

        assertOnlyBroken(LadderRun.report(options), "postgres.tls", Status.FAIL, "tls_untrusted");
    }

    @Test
    void tellsARootThatCannotBeRead(@TempDir Path directory) throws Exception {
        var empty = Files.createFile(directory.resolve("empty.pem"));
        var options = server.options().sslMode(SslMode.VERIFY_CA);

        assertOnlyBroken(
                LadderRun.report(options.rootCertificate(empty)), "postgres.tls", Status.FAIL, "root_certificate");
        assertOnlyBroken(
                LadderRun.report(options.rootCertificate(directory.resolve("absent.pem"))),
                "postgres.tls",
                Status.FAIL,
                "root_certificate");
    }

    @Test
    void demandsTlsOnlyWhereTheSslModeDoes() throws Exception {
        server.set("ssl", "off");
        try {
            assertOnlyBroken(
                    LadderRun.report(server.options().sslMode(SslMode.REQUIRE)),
                    "postgres.tls",
                    Status.FAIL,
                    "tls_unsupported");
            assertThat(LadderRun.report(server.options().sslMode(SslMode.PREFER))
                            .status())
                    .isEqualTo(Status.PASS);
        } finally {
            server.set("ssl", "on");
        }
    }

    private Report report(SslMode mode) throws Exception {
        var options = server.options().sslMode(mode);
        boolean isVerifying = mode.compareTo(SslMode.VERIFY_CA) >= 0;
        return LadderRun.report(
                isVerifying ? options.rootCertificate(server.certificates().root()) : options);
    }
}
