package dev.koda.dashboard.audit;

import dev.koda.dashboard.http.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * The chain over the log: SHA-256 of the byte 2, the hash before, the number of the event and the microseconds from 1970
 * to its sealing as eight bytes each (big-endian), and the SHA-256 of the body's bytes in UTF-8. Whoever has the log can
 * compute it with any tool. Not thread-safe.
 */
final class ChainLink {
    /** What the first event follows. */
    static final int LENGTH = 32;

    private static final byte VERSION = 2;
    private static final byte TIMELESS = 1;
    private static final long MICROS = 1_000_000;

    private final MessageDigest digest = Sha256.begin();

    /** The hash of an event. */
    byte[] hash(byte[] previous, long seq, Instant sealedAt, String body) {
        var content = content(body);
        digest.update(VERSION);
        digest.update(previous);
        digest.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(seq)
                .putLong(sealedAt.getEpochSecond() * MICROS + sealedAt.getNano() / 1_000)
                .array());
        return digest.digest(content);
    }

    /** That of the first logs, in which the time of sealing was not hashed. */
    byte[] timelessHash(byte[] previous, long seq, String body) {
        var content = content(body);
        digest.update(TIMELESS);
        digest.update(previous);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seq).array());
        return digest.digest(content);
    }

    private byte[] content(String body) {
        return digest.digest(body.getBytes(StandardCharsets.UTF_8));
    }

    /** What comes before the first event. */
    static byte[] origin() {
        return new byte[LENGTH];
    }
}
