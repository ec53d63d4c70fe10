package dev.koda.checks.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.tls.KeyFile.Fit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as openssl writes them. */
class KeyFileTest {
    @TempDir
    Path directory;

    /** Every kind with a certificate of its own and one of each other kind. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048",
                "genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048",
                "genrsa -traditional 2048",
                "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256",
                "ecparam -name prime256v1 -genkey",
                "ecparam -name secp384r1 -genkey",
                "ecparam -name secp521r1 -genkey -noout",
                "genpkey -algorithm ED25519",
                "genpkey -algorithm ED448"
            })
    void fitsItsOwnCertificateAndNoOther(String command) throws Exception {
        var key = make("own", command);
        var others = new ArrayList<Path>();
        for (var kind : List.of("genrsa 2048", "ecparam -name prime256v1 -genkey", "ecparam -name secp384r1 -genkey")) {
            others.add(certificate(make("other" + others.size(), kind)));
        }
        others.add(certificate(make("other-edwards", "genpkey -algorithm ED25519")));
        var read = KeyFile.in(Files.readString(key)).orElseThrow();

        assertThat(read.fit(PemFile.read(certificate(key)).get(0))).isEqualTo(Fit.YES);
        for (var other : others) {
            assertThat(read.fit(PemFile.read(other).get(0)))
                    .as(other.toString())
                    .isEqualTo(Fit.NO);
        }
    }

    @Test
    void knowsNothingOfAKeyThatIsEncryptedOrDamaged() throws Exception {
        var key = make("own", "genrsa -traditional -aes128 -passout pass:secret 2048");
        var certificate =
                PemFile.read(certificate(make("other", "genrsa 2048"))).get(0);
        var damaged = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";

        assertThat(KeyFile.in(Files.readString(key)).orElseThrow().fit(certificate))
                .isEqualTo(Fit.UNKNOWN);
        for (var text : List.of(damaged, damaged.replace("PRIVATE", "RSA PRIVATE"), damaged.replace("AAAA", "*"))) {
            assertThat(KeyFile.in(text).orElseThrow().fit(certificate)).isEqualTo(Fit.UNKNOWN);
        }
        var curve = PemFile.read(certificate(make("curve", "ecparam -name prime256v1 -genkey")))
                .get(0);
        assertThat(KeyFile.in(damaged.replace("PRIVATE", "EC PRIVATE"))
                        .orElseThrow()
                        .fit(curve))
                .isEqualTo(Fit.UNKNOWN);
        assertThat(KeyFile.in(damaged.replace("PRIVATE", "OPENSSH PRIVATE"))
                        .orElseThrow()
                        .fit(curve))
                .isEqualTo(Fit.UNKNOWN);
    }

    private Path make(String name, String command) throws Exception {
        var file = directory.resolve(name + ".key");
        var words = new ArrayList<Object>(List.of(command.split(" ", -1)));
        words.addAll(command.startsWith("genrsa") ? 1 : words.size(), List.of("-out", file));
        Openssl.run(words.toArray());
        return file;
    }

    private Path certificate(Path key) throws Exception {
        var file = Path.of(key + ".pem");
        Openssl.run("req", "-x509", "-new", "-key", key, "-subj", "/CN=leaf", "-days", "90", "-out", file);
        return file;
    }
}
