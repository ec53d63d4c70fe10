package dev.koda.dashboard.sessions;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256, RFC 5869: keys that tell nothing of the secret or of each other. */
final class Hkdf {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int HASH = 32;

    private Hkdf() {}

    /**
     * A key of this length, at most 8,160 bytes.
     *
     * @param salt none is an empty array
     */
    static byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(salt.length == 0 ? new byte[HASH] : salt, ALGORITHM));
            mac.init(new SecretKeySpec(mac.doFinal(secret), ALGORITHM));
            var key = new byte[length];
            var block = new byte[0];
            for (int done = 0, number = 1; done < length; done += HASH, number++) {
                mac.update(block);
                mac.update(info);
                mac.update((byte) number);
                block = mac.doFinal();
                System.arraycopy(block, 0, key, done, Math.min(HASH, length - done));
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** The same without a salt. */
    static byte[] derive(String secret, String info, int length) {
        return derive(
                secret.getBytes(StandardCharsets.UTF_8), new byte[0], info.getBytes(StandardCharsets.UTF_8), length);
    }

    /** One part of a key. */
    static byte[] part(byte[] key, int number) {
        return Arrays.copyOfRange(key, number * HASH, (number + 1) * HASH);
    }
}
