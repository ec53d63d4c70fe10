package dev.koda.checks.objectstore;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One KiB that only one run wrote. It carries the run's id, the time and a checksum over all of it, so that a canary of
 * another run is told from a damaged one of ours.
 */
final class Canary {
    private static final int LENGTH = 1024;
    private static final String MAGIC = "koda-canary/1 ";
    private static final int CHECKSUM = 64;
    private static final Pattern SIGNED = Pattern.compile(MAGIC + "[0-9a-f-]{36} (\\d{1,15}) [0-9a-f]+ ");

    private final byte[] content;
    private final Instant writtenAt;

    private Canary(byte[] content, Instant writtenAt) {
        this.content = content;
        this.writtenAt = writtenAt;
    }

    /** A new one. */
    static Canary write(Instant now) {
        var id = UUID.randomUUID();
        var head = MAGIC + id + " " + now.toEpochMilli() + " ";
        var filler = new byte[LENGTH / 2];
        new SplittableRandom(id.getMostSignificantBits()).nextBytes(filler);
        int room = LENGTH - CHECKSUM - 1 - head.length();
        var signed = head + HexFormat.of().formatHex(filler).substring(0, room) + " ";
        return new Canary((signed + checksum(signed)).getBytes(StandardCharsets.US_ASCII), now);
    }

    /** The canary of whatever run; empty if these bytes are none, or damaged. */
    static Optional<Canary> parse(byte[] bytes) {
        if (bytes.length != LENGTH) {
            return Optional.empty();
        }
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        var signed = text.substring(0, LENGTH - CHECKSUM);
        var parts = SIGNED.matcher(signed);
        return parts.matches() && text.endsWith(checksum(signed))
                ? Optional.of(new Canary(bytes, Instant.ofEpochMilli(Long.parseLong(parts.group(1)))))
                : Optional.empty();
    }

    byte[] content() {
        return content;
    }

    Instant writtenAt() {
        return writtenAt;
    }

    boolean isSame(byte[] bytes) {
        return Arrays.equals(content, bytes);
    }

    private static String checksum(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
