package dev.koda.cli;

import dev.koda.checks.TimeSource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say which events are meant. */
final class AuditFilterOptions {
    @Option(
            names = "--type",
            paramLabel = "TYPE",
            split = ",",
            description = "Only these, such as security.operator_login_failed or security.operator_*; repeatable.")
    private List<String> types = new ArrayList<>();

    @Option(
            names = "--severity",
            paramLabel = "LEVEL",
            description = "Only info, notice, warning or critical, and worse.")
    private @Nullable String severity;

    @Option(names = "--actor", paramLabel = "NAME", description = "Only what this one did.")
    private @Nullable String actor;

    @Option(names = "--source", paramLabel = "ADDRESS", description = "Only what came from this address.")
    private @Nullable String source;

    @Option(names = "--grep", paramLabel = "TEXT", description = "Only events with this text, in any case.")
    private @Nullable String text;

    @Option(names = "--since", paramLabel = "TIME", description = "Not before: 15m (ago), a date, a time, or both.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before this time.")
    private @Nullable String until;

    /** The query string with its question mark; empty if nothing is filtered. */
    String query(CommandLine line, TimeSource time, List<String> more) {
        var parameters = new ArrayList<>(more);
        types.forEach(type -> add(parameters, "type", type));
        add(parameters, "severity", severity);
        add(parameters, "actor", actor);
        add(parameters, "source", source);
        add(parameters, "q", text);
        add(parameters, "from", moment(since, line, time));
        add(parameters, "to", moment(until, line, time));
        return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    }

    private static void add(List<String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private static @Nullable String moment(@Nullable String text, CommandLine line, TimeSource time) {
        try {
            return text == null ? null : Moments.parse(text, time.now()).toString();
        } catch (IllegalArgumentException none) {
            throw new ParameterException(line, String.valueOf(none.getMessage()));
        }
    }
}
