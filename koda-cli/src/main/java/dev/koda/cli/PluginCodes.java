package dev.koda.cli;

import java.util.regex.Pattern;

/** The exit codes of the plugin interface of Nagios, for {@code koda doctor -o nagios} alone. */
final class PluginCodes {
    /** What a plugin ends with that could not look. */
    static final int UNKNOWN = 3;

    private static final Pattern ASKED = Pattern.compile(" (-o[ =]?|--output[ =])nagios(?![^ ])");

    private PluginCodes() {}

    static int of(ExitCode code) {
        return switch (code) {
            case PASS -> 0;
            case WARN -> 1;
            case FAIL -> 2;
            case USAGE, INTERNAL, INTERRUPTED, TERMINATED -> UNKNOWN;
        };
    }

    /** The word for it on the first line. */
    static String word(ExitCode code) {
        return switch (of(code)) {
            case 0 -> "OK";
            case 1 -> "WARNING";
            case 2 -> "CRITICAL";
            default -> "UNKNOWN";
        };
    }

    /** True if these arguments ask for a plugin's document, also where they are wrong in another way. */
    static boolean areAskedFor(String... arguments) {
        boolean isDoctor = arguments.length > 0 && arguments[0].equals("doctor");
        return isDoctor && ASKED.matcher(String.join(" ", arguments)).find();
    }
}
