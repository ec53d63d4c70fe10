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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void passesKeysThatBelongToTheirCertificatesInAnyOrder() throws Exception {
        var one = Issued.alone("a").issue();
        var other = Issued.alone("b").rsa(2048).issue();
        var certificate = write("a.pem", one.leafPem());
        var files = TlsOptions.DEFAULT.files(List.of(certificate, write("b.pem", other.leafPem())));

        var result = run(files.keys(List.of(write("b.key", other.keyPem()), write("a.key", one.keyPem()))));

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(result.message()).isEqualTo("2 files hold good certificates, and 2 keys belong to them");
        assertThat(run(TlsOptions.DEFAULT.files(List.of(certificate)).keys(List.of(directory.resolve("a.key"))))
                        .message())
                .isEqualTo("the certificate in " + certificate
                        + " holds for 79.9 of its 90 days more, and the key belongs to it");
    }

    @Test
    void saysNothingOfAKeyWithoutACertificate() throws Exception {
        var keys = new KeysJudge(List.of());

        assertThat(keys.judge(write("only.key", Issued.alone("a").issue().keyPem())))
                .isEmpty();
        assertThat(keys.judge(directory.resolve("absent.key"))).isPresent();
        assertThat(keys.inOrder()).isEmpty();
    }

    /** Renewed with a new key that nobody has put in place. */
    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void failsForAKeyThatBelongsToNoCertificate(String kind) throws Exception {
        var served = Issued.alone("a").issue();
        var foreign = kind.equals("RSA")
                ? Issued.alone("a").rsa(2048).issue()
                : Issued.alone("a").issue();
        var key = write("old.key", foreign.keyPem());

        var result = run(TlsOptions.DEFAULT
                .files(List.of(write("a.pem", served.leafPem())))
                .keys(List.of(key)));

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(new Reason("tls_key_mismatch"));
        assertThat(result.message())
                .isEqualTo("the key in " + key + " does not belong to any certificate of KODA_TLS_CERTIFICATES");
    }

    @Test
    void failsForAnotherKeyBesideTheCertificateInOneFile() throws Exception {
        var held = Issued.alone("a").issue();
        var foreign = Issued.alone("a").issue();

        assertThat(run(write("both.pem", foreign.keyPem() + held.leafPem())).reason())
                .isEqualTo(new Reason("tls_key_mismatch"));
        assertThat(run(write("both.pem", held.leafPem() + held.keyPem())).status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void warnsOfAKeyThatCannotBeTried() throws Exception {
        var held = Issued.alone("a").issue();
        var file = write("a.pem", held.leafPem());
        var key = write("a.key", held.keyPem());
        Openssl.run("pkey", "-in", key, "-aes256", "-passout", "pass:secret", "-out", directory.resolve("locked.key"));

        var result = run(TlsOptions.DEFAULT.files(List.of(file)).keys(List.of(directory.resolve("locked.key"))));

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("tls_key_unknown"));
        assertThat(run(write("locked-too.pem", Files.readString(directory.resolve("locked.key")) + held.leafPem()))
                        .status())
                .as("nobody asked for it")
                .isEqualTo(Status.PASS);
    }

    @Test
    void tellsKeysThatCannotBeRead() throws Exception {
        var options = TlsOptions.DEFAULT.files(
                List.of(write("a.pem", Issued.alone("a").issue().leafPem())));

        assertThat(run(options.keys(List.of(directory.resolve("absent.key")))).reason())
                .isEqualTo(new Reason("missing"));
        assertThat(run(options.keys(List.of(directory))).reason()).isEqualTo(new Reason("tls_no_key"));
        assertThat(run(options.keys(List.of(directory.resolve("a.pem")))).reason())
                .isEqualTo(new Reason("tls_no_key"));
        var cut = write("cut.key", "-----BEGIN PRIVATE KEY-----\nMEEC");
        assertThat(run(options.keys(List.of(cut))).reason()).isEqualTo(new Reason("tls_no_key"));
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }

    private static CheckResult run(Path... files) {
        return run(TlsOptions.DEFAULT.files(List.of(files)));
    }

    private static CheckResult run(TlsOptions options) {
        return EngineRun.result(TlsChecks.files("FILES", options, TimeSource.system()));
    }
}
