package dev.koda.dashboard.verification;

import dev.koda.dashboard.http.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells credentials apart without keeping them: 16 hexadecimal digits of an HMAC, which nobody without the key can check
 * a guess against. Thread-safe.
 */
final class Fingerprints {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 8;

    private final @Nullable SecretKeySpec key;
    private final String keyName;

    private Fingerprints(@Nullable SecretKeySpec key) {
        this.key = key;
        keyName = key == null ? "" : digits(key, "koda fingerprint key");
    }

    /**
     * With the key of {@code KODA_AUDIT_HMAC_KEY}.
     *
     * @param key null or blank for none: then nothing has a fingerprint
     */
    static Fingerprints of(@Nullable String key) {
        return new Fingerprints(
                key == null || key.isBlank()
                        ? null
                        : new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    }

    /** That of a credential; null without one, and without a key. */
    @Nullable
    Fingerprint take(@Nullable String credential) {
        return key == null || credential == null ? null : new Fingerprint(digits(key, credential), keyName);
    }

    private static String digits(SecretKeySpec key, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            var hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** The revision of a configuration without secrets: the first 16 hexadecimal digits of its SHA-256. */
    static String revision(String configuration) {
        return HexFormat.of().formatHex(Sha256.of(configuration), 0, BYTES);
    }
}
