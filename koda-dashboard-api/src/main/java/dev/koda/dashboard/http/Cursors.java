package dev.koda.dashboard.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Places in long listings, as clients carry them: opaque, and signed, so that nobody can make one up. A cursor belongs
 * to the listing and the filters it was made for. Thread-safe.
 */
public final class Cursors {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE = 12;
    private static final int LONGEST = 2_048;
    private static final char END = '\0';

    private final SecretKeySpec key;

    private Cursors(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Cursors that outlive a restart if the key does.
     *
     * @param key at least 16 bytes that nobody else knows
     */
    public static Cursors of(byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException("a key has at least 16 bytes, not " + key.length);
        }
        return new Cursors(key.clone());
    }

    /** Cursors that end with the process, for one that has no key. */
    public static Cursors ofThisProcess() {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new Cursors(key);
    }

    /**
     * A cursor.
     *
     * @param listing the listing with its filters, in words of our own
     * @param place where it goes on, in words of our own
     */
    public String make(String listing, String place) {
        var words = place.getBytes(StandardCharsets.UTF_8);
        var signed = Arrays.copyOf(words, words.length + SIGNATURE);
        System.arraycopy(sign(listing, words), 0, signed, words.length, SIGNATURE);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    /**
     * The place that a cursor of this listing names.
     *
     * @throws Refusal 400 with reason {@code invalid_cursor} if it is none, or one of another listing or other filters
     */
    public String read(String listing, String cursor) {
        try {
            var signed = cursor.length() > LONGEST
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(cursor);
            if (signed.length >= SIGNATURE) {
                var words = Arrays.copyOf(signed, signed.length - SIGNATURE);
                var signature = Arrays.copyOfRange(signed, words.length, signed.length);
                if (MessageDigest.isEqual(signature, sign(listing, words))) {
                    return new String(words, StandardCharsets.UTF_8);
                }
            }
        } catch (IllegalArgumentException notBase64) {
            // The same answer as for any other text that is no cursor.
        }
        throw Refusal.of(
                400, "invalid_cursor", "this is no cursor of this listing with these filters; begin again without one");
    }

    private byte[] sign(String listing, byte[] words) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((listing + END).getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(mac.doFinal(words), SIGNATURE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
