package dev.koda.cli;

import dev.koda.cli.output.TextStyle;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * The {@code koda} command. The only class of this module that reads the environment, owns the standard streams and
 * exits.
 *
 * <p>What the terminal is like comes from {@code bin/koda}, which can ask: {@code koda.stdout.columns} is the width of
 * standard output if that is a terminal, {@code koda.stderr.terminal} is true if standard error is one. Without them
 * neither is.
 */
public final class KodaMain {
    /** They log, as a server does; the other commands say what there is to say themselves. */
    private static final Set<String> LOGGING = Set.of("serve", "up");

    private KodaMain() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        if (arguments.length == 0 || !LOGGING.contains(arguments[0])) {
            silenceLibraries();
        }
        System.exit(codeOf(shell(System.getenv()), arguments));
    }

    /** Never throws: other threads would keep a process alive that has lost its main one. */
    private static int codeOf(Shell shell, String... arguments) {
        try {
            return KodaCommand.execute(shell, new ConfiguredStack(), arguments);
        } catch (Throwable broken) { // picocli passes an Error on
            return new Failures(shell, arguments).broken(broken);
        }
    }

    /** Libraries that log have nobody to read it, and must not load a logging system for that. */
    private static void silenceLibraries() {
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "ERROR");
    }

    private static Shell shell(Map<String, String> environment) {
        return shell(
                environment, Integer.getInteger("koda.stdout.columns", 0), Boolean.getBoolean("koda.stderr.terminal"));
    }

    /**
     * The same for what {@code bin/koda} has found out. A machine that builds may pretend to be a terminal, but nobody
     * watches there: it sets {@code CI}.
     */
    static Shell shell(Map<String, String> environment, int columns, boolean isErrorTerminal) {
        boolean isWatched = isErrorTerminal && !isDumb(environment) && !isSet(environment, "CI");
        return new Shell(
                environment,
                Path.of("").toAbsolutePath(),
                Path.of(System.getProperty("user.home")),
                System.out,
                System.err,
                style(columns, environment),
                isWatched);
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return !Set.of("", "false", "0").contains(environment.getOrDefault(name, ""));
    }

    private static TextStyle style(int columns, Map<String, String> environment) {
        boolean unicode = terminalCharset().equals(StandardCharsets.UTF_8);
        if (columns == 0) {
            return TextStyle.plain(unicode);
        }
        boolean isColourless = !environment.getOrDefault("NO_COLOR", "").isEmpty() || isDumb(environment);
        return TextStyle.terminal(columns, !isColourless, unicode);
    }

    /** The charset of the locale: Java 18 and later have UTF-8 as their default whatever it says. */
    private static Charset terminalCharset() {
        var name = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "US-ASCII"));
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.US_ASCII;
    }

    private static boolean isDumb(Map<String, String> environment) {
        return environment.getOrDefault("TERM", "dumb").equals("dumb");
    }
}
