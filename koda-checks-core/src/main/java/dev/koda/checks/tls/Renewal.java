package dev.koda.checks.tls;

import dev.koda.checks.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells that a server still presents an old certificate although a newer one for its host lies on this disk: renewed, and
 * nobody has reloaded the server. Reading the files blocks.
 *
 * @param files what the server may be meant to present; one that cannot be read is left to the check of files
 * @param host the server's
 */
record Renewal(List<Path> files, String host) {
    /** One warning if there is a newer one than the presented. */
    List<Outcome> missed(X509Certificate presented) {
        return files.stream()
                .filter(file -> isNewer(file, presented))
                .limit(1)
                .map(file -> Outcome.warn("a newer certificate for " + host + " is in " + file
                                + ", and the server still presents an older one")
                        .reason("tls_reload_needed")
                        .hint("reload the server, and have what renews the certificate do that by itself"))
                .toList();
    }

    private boolean isNewer(Path file, X509Certificate presented) {
        return leafOf(file)
                .filter(leaf -> !leaf.equals(presented))
                .filter(leaf -> startOf(leaf).isAfter(startOf(presented)))
                .filter(leaf -> Names.of(leaf).include(host))
                .isPresent();
    }

    private static Optional<X509Certificate> leafOf(Path file) {
        try {
            return Optional.of(PemFile.read(file).get(0));
        } catch (IOException | CertificateException unreadable) {
            return Optional.empty();
        }
    }

    private static Instant startOf(X509Certificate certificate) {
        return certificate.getNotBefore().toInstant();
    }
}
