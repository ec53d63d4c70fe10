package dev.koda.dashboard.verification;

import dev.koda.checks.CheckId;
import dev.koda.dashboard.http.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query string of a request. What is wrong with it is refused with 400, and so is a parameter that is not known. */
final class Asked {
    private static final int LONGEST = 200;
    private static final int MOST = 500;
    private static final int USUAL = 50;
    private static final int FEWEST_BARS = 10;
    private static final int MOST_BARS = 120;

    /** The longest time that a table of integrations is about. */
    private static final Duration TABLE = Duration.ofDays(90);

    /** Clocks differ, and who asks for all that there is may ask for a little more. */
    private static final Duration GRACE = Duration.ofDays(1);

    private static final Map<String, Duration> RANGES = Map.of(
            "1h", Duration.ofHours(1),
            "24h", Duration.ofHours(24),
            "7d", Duration.ofDays(7),
            "30d", Duration.ofDays(30),
            "90d", Duration.ofDays(90),
            "400d", Duration.ofDays(400));

    private final MultiMap parameters;

    private Asked(MultiMap parameters) {
        this.parameters = parameters;
    }

    /**
     * The query string of a request.
     *
     * @throws Refusal 400 if it has another parameter than these, or one of them twice
     */
    static Asked of(RoutingContext context, String... known) {
        var parameters = context.queryParams();
        for (var name : parameters.names()) {
            if (!List.of(known).contains(name)) {
                throw Refusal.of(
                        400,
                        "unknown parameter; "
                                + (known.length == 0 ? "there is none" : "known are " + String.join(", ", known)));
            }
            if (parameters.getAll(name).size() > 1) {
                throw Refusal.of(400, name + " may be given once");
            }
        }
        return new Asked(parameters);
    }

    /**
     * The id in the path.
     *
     * @throws Refusal 404 if nothing can be called like this
     */
    static String id(RoutingContext context) {
        var id = context.pathParam("id");
        if (id.length() > CheckId.LONGEST || id.indexOf('\0') >= 0) {
            throw Refusal.of(404, "there is no integration of this id");
        }
        return id;
    }

    /** A text; null if it is not given. */
    @Nullable
    String text(String name) {
        return text(name, LONGEST);
    }

    /** The id of an integration or of a check, however long they can be; null if it is not given. */
    @Nullable
    String id(String name) {
        return text(name, CheckId.LONGEST);
    }

    private @Nullable String text(String name, int longest) {
        var value = parameters.get(name);
        if (value != null && (value.isBlank() || value.length() > longest || value.indexOf('\0') >= 0)) {
            throw Refusal.of(400, name + " is a text of 1 to " + longest + " characters");
        }
        return value;
    }

    /** The cursor; empty at the beginning. */
    Optional<String> cursor() {
        return Optional.ofNullable(parameters.get("cursor"));
    }

    /** How many items are wanted: 1 to 500, else 50. */
    int limit() {
        return number("limit", USUAL, MOST);
    }

    /** A number from 1 to the most. */
    int number(String name, int usual, int most) {
        return number(name, usual, 1, most);
    }

    private int number(String name, int usual, int least, int most) {
        var value = parameters.get(name);
        if (value == null) {
            return usual;
        }
        int number = value.matches("[0-9]{1,6}") ? Integer.parseInt(value) : 0;
        if (number < least || number > most) {
            throw Refusal.of(400, name + " is a number from " + least + " to " + most);
        }
        return number;
    }

    /** A status; null if it is not given. */
    @Nullable
    Standing status() {
        var word = parameters.get("status");
        return word == null
                ? null
                : Standing.of(word).orElseThrow(() -> Refusal.of(400, "status is pass, warn, fail or unknown"));
    }

    /** True or false; null if it is not given. */
    @Nullable
    Boolean flag(String name) {
        var word = parameters.get(name);
        if (word == null) {
            return null;
        }
        if (!word.equals("true") && !word.equals("false")) {
            throw Refusal.of(400, name + " is true or false");
        }
        return word.equals("true");
    }

    /** A moment; null if it is not given. */
    @Nullable
    Instant instant(String name) {
        var value = parameters.get(name);
        return value == null ? null : instant(name, value);
    }

    /** A moment in RFC 3339. */
    static Instant instant(String name, String value) {
        try {
            var at = Instant.parse(value);
            if (at.isAfter(Instant.EPOCH) && at.isBefore(Instant.parse("9999-01-01T00:00:00Z"))) {
                return at;
            }
        } catch (DateTimeParseException e) {
            // The same answer as for a time that no store holds.
        }
        throw Refusal.of(400, name + " is a time such as 2026-11-28T10:00:00Z");
    }

    /**
     * The same as {@link #span}, if all of it is remembered still.
     *
     * @throws Refusal 410 {@code past_retention} if it begins before, because what is gone would look unknown
     */
    Span kept(Instant now) {
        var span = span(now);
        if (span.from().isBefore(now.minus(Retention.KEPT).minus(GRACE))) {
            throw Refusal.of(
                    410, "past_retention", "nothing is kept for more than " + Retention.KEPT.toDays() + " days");
        }
        return span;
    }

    /** A word that stands for something; null if it is not given. */
    @Nullable
    <T> T word(String name, Function<String, Optional<T>> meaning, String known) {
        var word = parameters.get(name);
        return word == null ? null : meaning.apply(word).orElseThrow(() -> Refusal.of(400, name + " is " + known));
    }

    /** How many bars are wanted: 10 to 120; null if none are. */
    @Nullable
    Integer bars() {
        return parameters.contains("bars") ? number("bars", MOST_BARS, FEWEST_BARS, MOST_BARS) : null;
    }

    /** The last {@code range} before a moment; 24 hours if it is not given, and 90 days at most. */
    Span lately(Instant end) {
        var range = RANGES.get(parameters.contains("range") ? parameters.get("range") : "24h");
        if (range == null || range.compareTo(TABLE) > 0) {
            throw Refusal.of(400, "range is 1h, 24h, 7d, 30d or 90d");
        }
        return new Span(end.minus(range), end);
    }

    /** In which words these were asked for, but for some: what a cursor belongs to. */
    String words(List<String> names, String... others) {
        return names.stream()
                .filter(name -> !List.of(others).contains(name))
                .map(name -> name + "=" + parameters.get(name))
                .collect(Collectors.joining("\n"));
    }

    /** In which words the time was asked for: what a cursor belongs to. */
    String spanWords() {
        return parameters.get("range") + " " + parameters.get("from") + " " + parameters.get("to");
    }

    /** The time between {@code from} and {@code to}, or the last {@code range}; 24 hours if nothing is given. */
    Span span(Instant now) {
        var from = instant("from");
        var to = instant("to");
        var word = parameters.get("range");
        if (word != null && (from != null || to != null)) {
            throw Refusal.of(400, "range is the time until now; it goes without from and to");
        }
        var range = RANGES.get(word == null ? "24h" : word);
        if (range == null) {
            throw Refusal.of(400, "range is 1h, 24h, 7d, 30d, 90d or 400d");
        }
        var end = to == null ? now : to;
        var begin = from == null ? end.minus(range) : from;
        if (!begin.isBefore(end) || Duration.between(begin, end).compareTo(Retention.KEPT) > 0) {
            throw Refusal.of(400, "from is before to, by " + Retention.KEPT.toDays() + " days at most");
        }
        return new Span(begin, end);
    }

    /** From one moment to another. */
    record Span(Instant from, Instant to) {
        Duration length() {
            return Duration.between(from, to);
        }
    }
}
