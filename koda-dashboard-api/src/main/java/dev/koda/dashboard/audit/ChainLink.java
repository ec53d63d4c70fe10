package dev.koda.dashboard.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The chain over the log: SHA-256 of the byte 1, the hash before, the number of the event as eight bytes (big-endian) and
 * the SHA-256 of the body's bytes in UTF-8. Whoever has the log can compute it with any tool.
 */
final class ChainLink {
    /** What the first event follows. */
    static final int LENGTH = 32;

    private static final byte VERSION = 1;

    private final MessageDigest digest = sha256();

    /** The hash of an event. Not thread-safe. */
    byte[] hash(byte[] previous, long seq, String body) {
        var content = digest.digest(body.getBytes(StandardCharsets.UTF_8));
        digest.update(VERSION);
        digest.update(previous);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seq).array());
        return digest.digest(content);
    }

    /** What comes before the first event. */
    static byte[] origin() {
        return new byte[LENGTH];
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
