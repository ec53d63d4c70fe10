package dev.koda.checks.tls;

import dev.koda.checks.Outcome;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Locale;
import java.util.Optional;

/**
 * Keys and signatures that browsers refuse: RSA below 2048 bits and curves below 256 (CA/Browser Forum, Baseline
 * Requirements 6.1.5), signatures over MD5 or SHA-1 (7.1.3.2).
 */
final class Weakness {
    private static final int RSA_BITS = 2048;
    private static final int CURVE_BITS = 256;
    private static final String HINT = "have it issued anew: with a key of RSA 2048 bits or more, or on curve P-256 or "
            + "larger, and signed with SHA-256";

    private Weakness() {}

    static Optional<Outcome> of(X509Certificate certificate, String label) {
        var key = key(certificate.getPublicKey());
        if (key.isPresent()) {
            return Optional.of(fail(label + " has a weak key: " + key.get(), "tls_weak_key"));
        }
        var signature = certificate.getSigAlgName();
        var upper = signature.toUpperCase(Locale.ROOT).replace("-", "");
        boolean isWeak = upper.contains("MD2") || upper.contains("MD5") || upper.contains("SHA1");
        return isWeak && !Chain.isSelfSigned(certificate)
                ? Optional.of(fail(
                        label + " has a weak signature: " + signature + ", expected SHA-256 or better",
                        "tls_weak_signature"))
                : Optional.empty();
    }

    private static Optional<String> key(PublicKey key) {
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < RSA_BITS) {
            return Optional.of("RSA with " + rsa.getModulus().bitLength() + " bits, expected " + RSA_BITS);
        }
        if (key instanceof ECKey curve && curve.getParams().getOrder().bitLength() < CURVE_BITS) {
            return Optional.of(
                    "a curve of " + curve.getParams().getOrder().bitLength() + " bits, expected " + CURVE_BITS);
        }
        return key instanceof DSAKey ? Optional.of("DSA, expected RSA or a curve") : Optional.empty();
    }

    private static Outcome fail(String message, String reason) {
        return Outcome.fail(message).reason(reason).hint(HINT);
    }
}
