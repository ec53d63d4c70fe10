package dev.koda.cli.logs;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How much a line matters, in rising order. */
public enum Level {
    TRACE("verbose finest"),
    DEBUG("finer fine debug1 debug2 debug3 debug4 debug5"),
    INFO("information informational notice log"),
    WARN("warning wrn"),
    ERROR("err severe eror"),
    FATAL("critical crit panic emergency emerg alert dpanic");

    private static final Map<String, Level> BY_WORD = Stream.of(values())
            .flatMap(level -> Stream.of((level.word() + ' ' + level.others).split(" ", -1))
                    .map(word -> Map.entry(word, level)))
            .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final int PINO_STEP = 10;
    private static final int SYSLOG_ERROR = 3;

    private final String others;

    /**
     * @param others what else it is called
     */
    Level(String others) {
        this.others = others;
    }

    /** As people write it: {@code warn}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The level of a word in any of the usual spellings; null if it is none. */
    static @Nullable Level of(String word) {
        return BY_WORD.get(word.toLowerCase(Locale.ROOT));
    }

    /** Of a number: up to 7 the severities of syslog, above that the levels of pino and bunyan, 10 to 60. */
    static @Nullable Level of(long number) {
        if (number < 0 || number > 7) {
            long step = number / PINO_STEP;
            return step < 1 || step > values().length ? null : values()[(int) step - 1];
        }
        if (number < SYSLOG_ERROR) {
            return FATAL;
        }
        return switch ((int) number) {
            case SYSLOG_ERROR -> ERROR;
            case 4 -> WARN;
            case 5, 6 -> INFO;
            default -> DEBUG;
        };
    }
}
