package dev.koda.cli.logs;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which lines are wanted, all conditions at once.
 *
 * @param range when
 * @param level this one or a higher one; null for all, also those without
 * @param patterns each is found somewhere in the line
 * @param fields each is there with such a value
 */
public record Selection(Range range, @Nullable Level level, List<Pattern> patterns, List<FieldFilter> fields) {
    public Selection {
        patterns = List.copyOf(patterns);
        fields = List.copyOf(fields);
    }

    /** True if lines have to be understood to tell. */
    boolean needsParsing() {
        return level != null || !fields.isEmpty();
    }
}
