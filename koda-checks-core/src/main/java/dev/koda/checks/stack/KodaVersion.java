package dev.koda.checks.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The version of this software, which the build writes beside this class. */
public final class KodaVersion {
    private static final String TEXT = read();

    private KodaVersion() {}

    /** Such as {@code 0.1.0}: the version in every report, in {@code koda version} and in {@code koda_build_info}. */
    public static String text() {
        return TEXT;
    }

    private static String read() {
        try (var file = KodaVersion.class.getResourceAsStream("version.txt")) {
            if (file == null) {
                throw new IllegalStateException("version.txt is missing beside KodaVersion");
            }
            return new String(file.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("version.txt cannot be read", e);
        }
    }
}
