package dev.koda.checks.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads certificates out of PEM files. */
final class PemFile {
    /** The bundles of whole operating systems have a quarter of this. */
    private static final long LARGEST = 1 << 20;

    private PemFile() {}

    /**
     * All its certificates in their order, at least one; keys beside them are passed over.
     *
     * @throws CertificateException if there is none, or one is damaged
     */
    static List<X509Certificate> read(Path file) throws IOException, CertificateException {
        return certificates(text(file));
    }

    /** What stands in a file, if it is not too large to be one of certificates. */
    static String text(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("too large for a file of certificates");
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /** As {@link #read}, out of the text. */
    static List<X509Certificate> certificates(String text) throws CertificateException {
        var certificates = new ArrayList<X509Certificate>();
        var factory = CertificateFactory.getInstance("X.509");
        for (var block : blocks(text)) {
            var bytes = block.getBytes(StandardCharsets.ISO_8859_1);
            certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes)));
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("no certificate in the file");
        }
        return List.copyOf(certificates);
    }

    /** The JDK stops at a key that stands between certificates, so each block is cut out. */
    private static List<String> blocks(String text) {
        var begin = "-----BEGIN CERTIFICATE-----";
        var end = "-----END CERTIFICATE-----";
        var blocks = new ArrayList<String>();
        int from = text.indexOf(begin);
        while (from >= 0) {
            int to = text.indexOf(end, from);
            if (to < 0) {
                break;
            }
            blocks.add(text.substring(from, to + end.length()) + "\n");
            from = text.indexOf(begin, to);
        }
        return blocks;
    }
}
