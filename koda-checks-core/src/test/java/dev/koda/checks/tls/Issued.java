package dev.koda.checks.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its key, and below it others that it signs. The JDK can sign and read them but not write them, so
 * the DER of RFC 5280 is put together here, with every fault that a test wants.
 */
final class Issued {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final KeyPair keys;
    private final String name;
    private final List<X509Certificate> chain;

    private Issued(KeyPair keys, String name, List<X509Certificate> chain) {
        this.keys = keys;
        this.name = name;
        this.chain = chain;
    }

    /** An authority that signs itself, ten years long. */
    static Issued root(String name) throws Exception {
        return new Request(null, name).days(-1000, 2650).authority().issue();
    }

    /** A certificate that signs itself and is no authority. */
    static Request alone(String name) {
        return new Request(null, name);
    }

    /** One below this, from 10 days ago for 90 days. */
    Request sign(String subject) {
        return new Request(this, subject);
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    /** It, and its issuers without the root. */
    String chainPem() {
        int top = chain.size() == 1 ? 1 : chain.size() - 1;
        return pem(chain.subList(0, top));
    }

    /** It alone. */
    String leafPem() {
        return pem(chain.subList(0, 1));
    }

    String keyPem() {
        return block("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    static String pem(List<X509Certificate> certificates) {
        var text = new StringBuilder();
        for (var certificate : certificates) {
            try {
                text.append(block("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return text.toString();
    }

    private static String block(String type, byte[] bytes) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
    }

    /** What a certificate is to be. */
    static final class Request {
        private final @Nullable Issued issuer;
        private final String subject;
        private final List<byte[]> extensions = new ArrayList<>();
        private Instant from = Instant.now().minus(Duration.ofDays(10));
        private Instant until = Instant.now().plus(Duration.ofDays(80));
        private String keyType = "EC";
        private int bits = 256;
        private String digest = "SHA256";

        private Request(@Nullable Issued issuer, String subject) {
            this.issuer = issuer;
            this.subject = subject;
        }

        /** Valid between these, in days from now. */
        Request days(double first, double last) {
            from = Instant.now().plusSeconds((long) (first * 86_400));
            until = Instant.now().plusSeconds((long) (last * 86_400));
            return this;
        }

        /** Valid between these, both included. */
        Request between(Instant first, Instant last) {
            from = first;
            until = last;
            return this;
        }

        /** Alternative names: four numbers are an address. */
        Request names(String... names) {
            var all = new ArrayList<byte[]>();
            for (var each : names) {
                boolean isAddress = each.matches("[0-9.]+");
                all.add(isAddress ? der(0x87, address(each)) : der(0x82, ascii(each)));
            }
            return extension("06 03 55 1D 11", false, der(0x30, all.toArray(byte[][]::new)));
        }

        Request authority() {
            return extension("06 03 55 1D 13", true, der(0x30, der(0x01, hex("FF"))));
        }

        /** Says where the issuer's certificate is found, as public authorities do. */
        Request pointingToItsIssuer() {
            var access = der(0x30, hex("06 08 2B 06 01 05 05 07 30 02"), der(0x86, ascii("http://ca.example/i.der")));
            return extension("06 08 2B 06 01 05 05 07 01 01", false, der(0x30, access));
        }

        /** For servers or, wrongly, for mail only. */
        Request forMailOnly() {
            return extension("06 03 55 1D 25", false, der(0x30, hex("06 08 2B 06 01 05 05 07 03 04")));
        }

        Request rsa(int size) {
            keyType = "RSA";
            bits = size;
            return this;
        }

        Request digest(String algorithm) {
            digest = algorithm;
            return this;
        }

        private Request extension(String oid, boolean isCritical, byte[] value) {
            var critical = isCritical ? der(0x01, hex("FF")) : new byte[0];
            extensions.add(der(0x30, hex(oid), critical, der(0x04, value)));
            return this;
        }

        Issued issue() throws Exception {
            var generator = KeyPairGenerator.getInstance(keyType);
            generator.initialize(bits);
            var keys = generator.generateKeyPair();
            var signer = issuer == null ? keys : issuer.keys;
            boolean isRsa = signer.getPrivate().getAlgorithm().equals("RSA");
            var algorithm = algorithm(isRsa);
            var body = der(
                    0x30,
                    der(0xA0, der(0x02, new byte[] {2})),
                    der(0x02, Long.toString(System.nanoTime() | 1).getBytes(StandardCharsets.US_ASCII)),
                    algorithm,
                    name(issuer == null ? subject : issuer.name),
                    der(0x30, der(0x18, ascii(TIME.format(from))), der(0x18, ascii(TIME.format(until)))),
                    name(subject),
                    keys.getPublic().getEncoded(),
                    extensions.isEmpty() ? new byte[0] : der(0xA3, der(0x30, extensions.toArray(byte[][]::new))));
            var signature = Signature.getInstance(digest + "with" + (isRsa ? "RSA" : "ECDSA"));
            signature.initSign(signer.getPrivate());
            signature.update(body);
            var whole = der(0x30, body, algorithm, der(0x03, new byte[] {0}, signature.sign()));
            var chain = new ArrayList<>(List.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole))));
            if (issuer != null) {
                chain.addAll(issuer.chain);
            }
            return new Issued(keys, subject, chain);
        }

        private byte[] algorithm(boolean isRsa) {
            var rsa = "06 09 2A 86 48 86 F7 0D 01 01 ";
            var curve = "06 08 2A 86 48 CE 3D 04 03 02";
            return switch (digest + isRsa) {
                case "SHA256true" -> der(0x30, hex(rsa + "0B"), hex("05 00"));
                case "SHA1true" -> der(0x30, hex(rsa + "05"), hex("05 00"));
                case "MD5true" -> der(0x30, hex(rsa + "04"), hex("05 00"));
                case "SHA256false" -> der(0x30, hex(curve));
                case "SHA1false" -> der(0x30, hex("06 07 2A 86 48 CE 3D 04 01"));
                default -> throw new IllegalArgumentException(digest);
            };
        }

        private static byte[] name(String subject) {
            return new X500Principal("CN=" + subject).getEncoded();
        }

        private static byte[] address(String text) {
            var parts = text.split("\\.", -1);
            var bytes = new byte[4];
            for (int i = 0; i < 4; i++) {
                bytes[i] = (byte) Integer.parseInt(parts[i]);
            }
            return bytes;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    /** Tag, length, and the parts one after the other. */
    private static byte[] der(int tag, byte[]... parts) {
        int length = 0;
        for (var part : parts) {
            length += part.length;
        }
        var head = head(tag, length);
        var all = Arrays.copyOf(head, head.length + length);
        int at = head.length;
        for (var part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Readers check signatures over the shortest form, so it is the only one that will do. */
    private static byte[] head(int tag, int length) {
        if (length < 128) {
            return new byte[] {(byte) tag, (byte) length};
        }
        return length < 256
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    }
}
