package dev.koda.checks.tls;

import dev.koda.checks.Outcome;
import dev.koda.checks.tls.KeyFile.Fit;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Do files hold the keys of certificates? Only files that somebody named are read, and those that this user may not read
 * are left alone: a key is better off so.
 */
final class KeysJudge {
    private final List<X509Certificate> certificates;
    private int good;

    /** @param certificates of which one must belong to each key; if there is none, that is said elsewhere, and of keys nothing */
    KeysJudge(List<X509Certificate> certificates) {
        this.certificates = certificates;
    }

    /** Empty if there is no certificate to try a readable key with. */
    Optional<Outcome> judge(Path file) {
        try {
            var key = KeyFile.in(PemFile.text(file));
            return key.isPresent() ? judge(file, key.get()) : Optional.of(none(file));
        } catch (NoSuchFileException missing) {
            return Optional.of(Outcome.fail("there is no file " + file)
                    .reason("missing")
                    .hint("correct KODA_TLS_KEY_FILES, or put the key there"));
        } catch (AccessDeniedException denied) {
            return Optional.of(unknown("this user may not read the key in " + file)
                    .reason("permission")
                    .hint("run this as the user of the server, or take the file out of KODA_TLS_KEY_FILES"));
        } catch (IOException unreadable) {
            return Optional.of(none(file));
        }
    }

    private Optional<Outcome> judge(Path file, KeyFile key) {
        return certificates.isEmpty()
                ? Optional.empty()
                : Optional.of(judge(file, certificates.stream().map(key::fit).toList()));
    }

    private Outcome judge(Path file, List<Fit> fits) {
        if (fits.contains(Fit.YES)) {
            good++;
            return Outcome.pass("the key in " + file + " belongs to its certificate");
        }
        return fits.contains(Fit.UNKNOWN)
                ? unknown("the key in " + file + " is encrypted, damaged or of a kind that is not known")
                        .reason("tls_key_unknown")
                        .hint("take the file out of KODA_TLS_KEY_FILES, and compare with: openssl pkey -pubout")
                : foreign(file, "any certificate of KODA_TLS_CERTIFICATES");
    }

    static Outcome foreign(Path file, String owner) {
        return Outcome.fail("the key in " + file + " does not belong to " + owner)
                .reason("tls_key_mismatch")
                .hint("put the key there that the certificate was requested with: no server starts with another one");
    }

    private static Outcome unknown(String seen) {
        return Outcome.warn(seen + ", so whether it belongs to its certificate is not known");
    }

    private static Outcome none(Path file) {
        return Outcome.fail(file + " holds no readable PEM key")
                .reason("tls_no_key")
                .hint("put the key there in PEM form, or correct KODA_TLS_KEY_FILES");
    }

    /** What to add where all is in order. */
    String inOrder() {
        if (good == 0) {
            return "";
        }
        var keys = good == 1 ? ", and the key belongs to " : ", and " + good + " keys belong to ";
        return keys + (certificates.size() == 1 ? "it" : "them");
    }
}
