package dev.koda.dashboard.sessions;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals what clients carry for us, so that they can neither read, change nor make it: AES-256-GCM. What is sealed for one
 * purpose opens for no other. Thread-safe.
 */
final class Seal {
    private static final String INFO = "koda-operations-v1";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String MAC = "HmacSHA256";
    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int LONGEST = 2_048;

    private final SecretKeySpec key;
    private final SecretKeySpec macKey;
    private final SecureRandom random = new SecureRandom();

    private Seal(byte[] keys) {
        key = new SecretKeySpec(Hkdf.part(keys, 0), "AES");
        macKey = new SecretKeySpec(Hkdf.part(keys, 1), MAC);
    }

    /**
     * With keys that are derived from a secret.
     *
     * @param secret null for one that this process makes up, and that ends with it
     */
    static Seal of(@Nullable String secret) {
        if (secret != null && !secret.isEmpty()) {
            return new Seal(Hkdf.derive(secret, INFO, 2 * KEY));
        }
        var keys = new byte[2 * KEY];
        new SecureRandom().nextBytes(keys);
        return new Seal(keys);
    }

    String close(String purpose, JsonObject values) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, purpose, nonce)
                    .doFinal(values.encode().getBytes(StandardCharsets.UTF_8));
            var whole = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + CIPHER, e);
        }
    }

    /** What was sealed here for this purpose; empty for any other text. */
    Optional<JsonObject> open(String purpose, String sealed) {
        if (sealed.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var whole = Base64.getUrlDecoder().decode(sealed);
            if (whole.length < NONCE + TAG_BITS / Byte.SIZE) {
                return Optional.empty();
            }
            var plain = cipher(Cipher.DECRYPT_MODE, purpose, Arrays.copyOf(whole, NONCE))
                    .doFinal(whole, NONCE, whole.length - NONCE);
            return Optional.of(new JsonObject(new String(plain, StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException | IllegalArgumentException | DecodeException notOurs) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, String purpose, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** A word that belongs to another one, and that nobody else can find. */
    String wordFor(String other) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(macKey);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(other.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }

    /** True if this is that word; takes the same time wherever it differs. */
    boolean isWordFor(String other, @Nullable String word) {
        return word != null
                && MessageDigest.isEqual(
                        wordFor(other).getBytes(StandardCharsets.UTF_8), word.getBytes(StandardCharsets.UTF_8));
    }
}
