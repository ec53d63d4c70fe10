package dev.koda.checks.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.EngineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesCheckTest {
    @TempDir
    Path directory;

    @Test
    void passesWhatHoldsLongEnoughWhoeverSignedIt() throws Exception {
        var file = write("good.pem", Issued.alone("leaf").issue().leafPem());

        var result = run(file);

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.message()).isEqualTo("the certificate in " + file + " holds for 79.9 of its 90 days more");
    }

    @Test
    void passesOverAKeyBeforeTheCertificate() throws Exception {
        var held = Issued.root("Authority").sign("leaf").days(-10, 3).issue();

        assertThat(run(write("haproxy.pem", held.keyPem() + held.chainPem())).reason())
                .isEqualTo(new Reason("tls_expires_soon"));
    }

    @Test
    void looksAtTheIssuersInTheFileToo() throws Exception {
        var above = Issued.root("Authority")
                .sign("Above")
                .authority()
                .days(-400, -2)
                .issue();
        var held = above.sign("leaf").issue();

        var result = run(write("fullchain.pem", held.chainPem()));

        assertThat(result.reason()).isEqualTo(new Reason("tls_expired"));
        assertThat(result.message()).contains("CN=Above", "expired 2 days ago");
    }

    @Test
    void tellsTheWorstOfSeveralFiles() throws Exception {
        var good = write("good.pem", Issued.alone("a").issue().leafPem());
        var old = write("old.pem", Issued.alone("b").days(-100, -1).issue().leafPem());
        var ending = write("ending.pem", Issued.alone("c").days(-70, 20).issue().leafPem());

        assertThat(run(ending, good, old).message())
                .matches(".*old.pem expired 1 days ago; .*ending.pem expires in .*");
        assertThat(run(good, good).message()).isEqualTo("2 files hold good certificates");
    }

    @Test
    void tellsWhatCannotBeRead() throws Exception {
        assertThat(run(directory.resolve("absent.pem")).reason()).isEqualTo(new Reason("missing"));
        assertThat(run(directory).reason()).isEqualTo(new Reason("tls_no_certificate"));
        assertThat(run(write("empty.pem", "")).reason()).isEqualTo(new Reason("tls_no_certificate"));
        var damaged = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assertThat(run(write("damaged.pem", damaged)).reason()).isEqualTo(new Reason("tls_no_certificate"));
        assertThat(run(write("cut.pem", damaged.substring(0, 40))).reason())
                .isEqualTo(new Reason("tls_no_certificate"));
        assertThat(run(write("huge.pem", "x".repeat((1 << 20) + 1))).reason())
                .isEqualTo(new Reason("tls_no_certificate"));
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }

    private static CheckResult run(Path... files) {
        return EngineRun.result(
                TlsChecks.files("FILES", TlsOptions.DEFAULT.files(List.of(files)), TimeSource.system()));
    }
}
