package dev.koda.checks.settings;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a file or a flag, so that nothing may start before it is corrected. Never holds a value.
 *
 * @param file the file, or null if it is about a flag or the process environment
 * @param line 1 for the first; 0 where there is none
 * @param column 1 for the first character of the line; 0 where there is none
 * @param message one sentence: what was seen and what was expected
 * @param nearest the known name that was probably meant, or null
 */
public record SettingsProblem(
        @Nullable Path file,
        int line,
        int column,
        String message,
        @Nullable String nearest) {
    public SettingsProblem {
        Objects.requireNonNull(message, "message");
    }

    static SettingsProblem about(String message) {
        return new SettingsProblem(null, 0, 0, message, null);
    }

    static SettingsProblem inFile(Path file, String message) {
        return new SettingsProblem(file, 0, 0, message, null);
    }

    /** The problem on one line: {@code /etc/koda/.env:3:7: message (did you mean 'name'?)}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        if (file != null) {
            text.append(file);
            if (line > 0) {
                text.append(':').append(line).append(':').append(column);
            }
            text.append(": ");
        }
        text.append(message);
        if (nearest != null) {
            text.append(" (did you mean '").append(nearest).append("'?)");
        }
        return text.toString();
    }
}
