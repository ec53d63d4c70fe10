package dev.koda.dashboard.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One numbered step of the schema.
 *
 * @param version 1 and up, without holes
 * @param name what it is about, such as {@code audit}
 * @param sql its statements, divided by semicolons
 */
record Migration(int version, String name, String sql) {
    /** What tells whether an applied step is the one that this software has. */
    String digest() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "%03d_%s".formatted(version, name);
    }
}
