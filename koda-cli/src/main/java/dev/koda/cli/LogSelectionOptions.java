package dev.koda.cli;

import dev.koda.checks.Nearest;
import dev.koda.checks.TimeSource;
import dev.koda.cli.logs.FieldFilter;
import dev.koda.cli.logs.Level;
import dev.koda.cli.logs.Range;
import dev.koda.cli.logs.Selection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The options that say which lines of logs are wanted. */
final class LogSelectionOptions {
    private static final int ALL = -1;
    private static final int USUAL_TAIL = 100;
    private static final int FARTHEST = 3;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what comes, until Ctrl-C; this is the default.")
    private boolean isFollowed;

    @Option(names = "--no-follow", description = "Show what is there and end.")
    private boolean isNotFollowed;

    @Option(
            names = {"-n", "--tail"},
            paramLabel = "N",
            converter = TailConverter.class,
            description =
                    "Begin with the last N lines of each log, or all; default: 100, or all with --since, --until or"
                            + " --no-follow.")
    private @Nullable Integer tail;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Nothing before: 15m for 15 minutes ago, 2026-11-23T10:00:00Z, '2026-11-23 10:00' or 10:00 of"
                    + " today.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Nothing after, in the same words; does not follow.")
    private @Nullable String until;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            converter = LevelConverter.class,
            description = "This level or a higher one: trace, debug, info, warn, error, fatal.")
    private @Nullable Level level;

    @Option(
            names = "--grep",
            paramLabel = "REGEX",
            converter = PatternConverter.class,
            description = "Lines in which this is found; repeatable, all must be; (?i) for any case.")
    private List<Pattern> patterns = new ArrayList<>();

    @Option(
            names = "--field",
            paramLabel = "NAME=VALUE",
            converter = FieldConverter.class,
            description = "Lines with this field, * in the value for anything; repeatable, all must be there.")
    private List<FieldFilter> fields = new ArrayList<>();

    static final class TailConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (text.equalsIgnoreCase("all")) {
                return ALL;
            }
            if (!text.matches("\\d{1,9}")) {
                throw new TypeConversionException("'" + text + "' is neither a number of lines nor all");
            }
            return Integer.valueOf(text);
        }
    }

    static final class LevelConverter implements ITypeConverter<Level> {
        @Override
        public Level convert(String text) {
            var words = Stream.of(Level.values()).map(Level::word).toList();
            return Stream.of(Level.values())
                    .filter(level -> level.word().equals(text.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> unknown(text, words));
        }

        private static TypeConversionException unknown(String text, List<String> words) {
            var nearest = Nearest.of(text, words, FARTHEST);
            return new TypeConversionException("'" + text + "' is no level; there is " + String.join(", ", words)
                    + (nearest == null ? "" : " (did you mean " + nearest + "?)"));
        }
    }

    static final class PatternConverter implements ITypeConverter<Pattern> {
        @Override
        public Pattern convert(String text) {
            try {
                return Pattern.compile(text);
            } catch (PatternSyntaxException wrong) {
                throw new TypeConversionException("'" + text + "' is no regular expression: " + wrong.getDescription());
            }
        }
    }

    static final class FieldConverter implements ITypeConverter<FieldFilter> {
        @Override
        public FieldFilter convert(String text) {
            try {
                return FieldFilter.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(String.valueOf(wrong.getMessage()));
            }
        }
    }

    /** False if it ends with what is there. */
    boolean isFollowed() {
        return !isNotFollowed && until == null;
    }

    /**
     * What has been chosen.
     *
     * @throws ParameterException if it contradicts itself
     */
    Selection selection(TimeSource time, CommandLine line) {
        if (isFollowed && (isNotFollowed || until != null)) {
            throw new ParameterException(
                    line, "--follow and " + (isNotFollowed ? "--no-follow" : "--until") + " exclude each other");
        }
        var begin = moment("--since", since, time, line);
        var end = moment("--until", until, time, line);
        int usual = isFollowed() && begin == null ? USUAL_TAIL : ALL;
        return new Selection(new Range(begin, end, tail == null ? usual : tail), level, patterns, fields);
    }

    private static @Nullable Instant moment(String option, @Nullable String text, TimeSource time, CommandLine line) {
        try {
            return text == null ? null : Moments.parse(text, time.now());
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(line, "Invalid value for option '" + option + "': " + wrong.getMessage());
        }
    }
}
