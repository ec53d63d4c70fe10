package dev.koda.cli.logs;

import dev.koda.checks.TimeSource;
import dev.koda.cli.output.TextStyle;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where logs are read and shown.
 *
 * @param environment what programs get that read for us
 * @param directory where they work
 * @param output takes the lines and nothing else
 * @param notices takes what there is to say beside them, a line at a time; thread-safe
 * @param style what the output can show
 * @param time all clocks
 */
public record LogSurroundings(
        Map<String, String> environment,
        Path directory,
        PrintStream output,
        Consumer<String> notices,
        TextStyle style,
        TimeSource time) {
    public LogSurroundings {
        environment = Map.copyOf(environment);
    }

    /** Prints no value of the environment. */
    @Override
    public String toString() {
        return "surroundings in " + directory;
    }
}
