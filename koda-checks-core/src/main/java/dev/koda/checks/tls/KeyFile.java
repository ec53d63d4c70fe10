package dev.koda.checks.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The first private key in the text of a PEM file: tried on certificates, and never shown. */
final class KeyFile {
    /** What trying it on a certificate came to. */
    enum Fit {
        /** It is the key of that certificate. */
        YES,
        NO,
        /** It is there, but encrypted or of a kind that this JDK does not know. */
        UNKNOWN
    }

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ((?:[A-Z0-9]{1,20} ){0,3})PRIVATE KEY-----");
    private static final Map<String, String> SIGNATURES =
            Map.of("EC", "SHA256withECDSA", "EdDSA", "EdDSA", "DSA", "SHA256withDSA");
    private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA");

    /** Signed and thrown away. */
    private static final byte[] TEXT = {'k', 'o', 'd', 'a'};

    private final String form;
    private final String body;

    private KeyFile(String form, String body) {
        this.form = form;
        this.body = body;
    }

    /** Empty if there is none. */
    static Optional<KeyFile> in(String pem) {
        var begin = BEGIN.matcher(pem);
        if (!begin.find()) {
            return Optional.empty();
        }
        int end = pem.indexOf("-----END ", begin.end());
        return end < 0
                ? Optional.empty()
                : Optional.of(new KeyFile(begin.group(1).strip(), pem.substring(begin.end(), end)));
    }

    /** Whether it belongs to that certificate. */
    Fit fit(X509Certificate certificate) {
        if (form.equals("EC") && !certificate.getPublicKey().getAlgorithm().equals("EC")) {
            return Fit.NO;
        }
        try {
            var key = key(certificate);
            return key.isEmpty() ? Fit.UNKNOWN : isPair(key.get(), certificate) ? Fit.YES : Fit.NO;
        } catch (GeneralSecurityException | IllegalArgumentException notThatKind) {
            return Fit.UNKNOWN;
        }
    }

    private Optional<PrivateKey> key(X509Certificate certificate) throws GeneralSecurityException {
        if (form.equals("ENCRYPTED") || body.contains("ENCRYPTED")) {
            return Optional.empty();
        }
        var bytes = Base64.getMimeDecoder().decode(body);
        return switch (form) {
            case "" -> parsed(bytes, KINDS);
            case "RSA" -> parsed(Pkcs8.ofRsa(bytes), List.of("RSA"));
            case "EC" -> parsed(Pkcs8.ofCurve(bytes, certificate.getPublicKey()), List.of("EC"));
            default -> Optional.empty();
        };
    }

    /** What it is stands in it, but only a factory of that kind can tell. */
    private static Optional<PrivateKey> parsed(byte[] encoded, List<String> kinds) throws GeneralSecurityException {
        for (var kind : kinds) {
            try {
                return Optional.of(KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
            } catch (InvalidKeySpecException otherKind) {
                // Of the next one, then.
            }
        }
        return Optional.empty();
    }

    private static boolean isPair(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        var open = certificate.getPublicKey();
        if (key instanceof RSAKey half && open instanceof RSAKey other) {
            return half.getModulus().equals(other.getModulus());
        }
        var algorithm = SIGNATURES.get(key.getAlgorithm());
        if (algorithm == null || !key.getAlgorithm().equals(open.getAlgorithm())) {
            return false;
        }
        var signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(TEXT);
        var signed = signature.sign();
        try {
            signature.initVerify(open);
            signature.update(TEXT);
            return signature.verify(signed);
        } catch (SignatureException otherCurve) {
            return false;
        }
    }
}
