package dev.koda.dashboard.audit;

import dev.koda.dashboard.http.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which events somebody wants to see. Every part that is given must fit.
 *
 * @param types names, or beginnings of names with a star at the end; empty for all
 * @param severity the least level
 * @param actor who did it
 * @param source from where
 * @param text what must stand in the event, without regard to case
 * @param from not before
 * @param to before
 */
record EventFilter(
        List<String> types,
        int severity,
        @Nullable String actor,
        @Nullable String source,
        @Nullable String text,
        @Nullable Instant from,
        @Nullable Instant to) {
    /** The parameters of a query string that {@link #of} reads. */
    static final List<String> PARAMETERS = List.of("type", "severity", "actor", "source", "q", "from", "to");

    private static final int LONGEST = 200;
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * Reads a query string.
     *
     * @throws Refusal 400 with the parameter that is wrong
     */
    static EventFilter of(MultiMap parameters) {
        return new EventFilter(
                types(parameters),
                severity(parameters.get("severity")),
                text(parameters, "actor"),
                text(parameters, "source"),
                text(parameters, "q"),
                instant(parameters, "from"),
                instant(parameters, "to"));
    }

    /** Those parameters, and more. */
    static List<String> with(String... more) {
        return Stream.concat(PARAMETERS.stream(), Arrays.stream(more)).toList();
    }

    private static List<String> types(MultiMap parameters) {
        var types = parameters.getAll("type").stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(type -> !type.isEmpty())
                .toList();
        for (var type : types) {
            if (!type.matches("[a-z0-9_.]{1,100}\\*?") && !type.equals("*")) {
                throw Refusal.of(400, "type is a name such as security.operator_login_failed, or security.*");
            }
        }
        return types;
    }

    private static int severity(@Nullable String word) {
        if (word == null) {
            return 0;
        }
        for (var severity : AuditEventType.Severity.values()) {
            if (severity.toString().equals(word)) {
                return severity.level();
            }
        }
        throw Refusal.of(400, "severity is info, notice, warning or critical, and means that and worse");
    }

    private static @Nullable String text(MultiMap parameters, String name) {
        var value = parameters.get(name);
        if (value != null && (value.isBlank() || value.length() > LONGEST || value.indexOf('\0') >= 0)) {
            throw Refusal.of(400, name + " is a text of 1 to " + LONGEST + " characters");
        }
        return value;
    }

    private static @Nullable Instant instant(MultiMap parameters, String name) {
        var value = parameters.get(name);
        try {
            var instant = value == null ? null : Instant.parse(value);
            if (instant != null && (instant.isBefore(FIRST) || instant.isAfter(LAST))) {
                throw new DateTimeParseException("no column holds this time", value, 0);
            }
            return instant;
        } catch (DateTimeParseException e) {
            throw Refusal.of(400, name + " is a time such as 2026-11-28T10:00:00Z");
        }
    }

    boolean shows(LogEvent event) {
        return event.severity() >= severity
                && (types.isEmpty() || types.stream().anyMatch(type -> fits(type, event.type())))
                && (actor == null || actor.equals(event.actor()))
                && (source == null || source.equals(event.source()))
                && (text == null || event.json().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
                && (from == null || !event.occurredAt().isBefore(from))
                && (to == null || event.occurredAt().isBefore(to));
    }

    private static boolean fits(String pattern, String type) {
        return pattern.endsWith("*")
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : type.equals(pattern);
    }

    /** The same as a condition on rows of the log, with parameters behind those that there are. */
    String sql(Tuple parameters) {
        var sql = new StringBuilder();
        if (severity > 0) {
            sql.append(" AND severity >= ").append(next(parameters, severity));
        }
        if (actor != null) {
            sql.append(" AND actor = ").append(next(parameters, actor));
        }
        if (source != null) {
            sql.append(" AND source = ").append(next(parameters, source));
        }
        if (text != null) {
            sql.append(" AND strpos(lower(body), lower(")
                    .append(next(parameters, text))
                    .append(")) > 0");
        }
        if (from != null) {
            sql.append(" AND occurred_at >= ").append(next(parameters, from.atOffset(ZoneOffset.UTC)));
        }
        if (to != null) {
            sql.append(" AND occurred_at < ").append(next(parameters, to.atOffset(ZoneOffset.UTC)));
        }
        if (!types.isEmpty()) {
            sql.append(" AND (")
                    .append(String.join(
                            " OR ",
                            types.stream()
                                    .map(type -> typeSql(type, parameters))
                                    .toList()))
                    .append(')');
        }
        return sql.toString();
    }

    /** Without a LIKE, in which the underscore of a type stands for any character. */
    private static String typeSql(String type, Tuple parameters) {
        if (!type.endsWith("*")) {
            return "type = " + next(parameters, type);
        }
        return "starts_with(type, " + next(parameters, type.substring(0, type.length() - 1)) + ")";
    }

    private static String next(Tuple parameters, Object value) {
        parameters.addValue(value);
        return "$" + parameters.size();
    }
}
