package dev.koda.checks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a check returns: a status with one sentence, or that it does not apply. Immutable; every method that adds
 * something returns a new outcome.
 *
 * <p>The sentence says what was seen and what was expected, with units: {@code "12 % free, limit 15 %"}. It never holds
 * a secret or the text of an exception; the engine puts it on one line and cuts it at 300 characters.
 */
public final class Outcome {
    private final @Nullable Status status;
    private final String message;
    private final @Nullable Reason reason;
    private final @Nullable String hint;
    private final Map<String, Observed> observed;
    private final List<Threshold> thresholds;
    private final boolean stopsDependents;

    private Outcome(
            @Nullable Status status,
            String message,
            @Nullable Reason reason,
            @Nullable String hint,
            Map<String, Observed> observed,
            List<Threshold> thresholds,
            boolean stopsDependents) {
        this.status = status;
        this.message = requireText(message, "message");
        this.reason = reason;
        this.hint = hint;
        this.observed = observed;
        this.thresholds = thresholds;
        this.stopsDependents = stopsDependents;
    }

    /** As it should be. */
    public static Outcome pass(String message) {
        return of(Status.PASS, message);
    }

    /** Works, but somebody should look. */
    public static Outcome warn(String message) {
        return of(Status.WARN, message);
    }

    /** Does not work. */
    public static Outcome fail(String message) {
        return of(Status.FAIL, message);
    }

    /**
     * An outcome of the given status.
     *
     * @throws IllegalArgumentException if the message is blank
     */
    public static Outcome of(Status status, String message) {
        Objects.requireNonNull(status, "status");
        return new Outcome(status, message, null, null, Map.of(), List.of(), false);
    }

    /** Does not apply here, and why: the report lists it under {@code skipped}, and dependents run as if it passed. */
    public static Outcome skipped(String why) {
        return new Outcome(null, why, null, null, Map.of(), List.of(), false);
    }

    /**
     * One outcome for several answers of one check: the worst status, with reason and hint of the first that has it, and
     * the sentences of all that are not pass, the worst first. If all pass, or there are none, it is the given one.
     *
     * @throws IllegalArgumentException if one of them is skipped
     */
    public static Outcome combined(List<Outcome> answers, Outcome ifAllPass) {
        var bad = new ArrayList<Outcome>();
        for (var answer : answers) {
            if (answer.isSkipped()) {
                throw new IllegalArgumentException("a skipped outcome cannot be combined");
            }
            if (answer.status() != Status.PASS) {
                bad.add(answer);
            }
        }
        if (bad.isEmpty()) {
            return ifAllPass;
        }
        bad.sort(Comparator.comparing(Outcome::status).reversed());
        var sentences = bad.stream().map(Outcome::message).distinct().collect(Collectors.joining("; "));
        var worst = bad.get(0);
        return new Outcome(
                worst.status, sentences, worst.reason, worst.hint, Map.of(), List.of(), worst.stopsDependents);
    }

    /**
     * Starts an outcome that a lower limit decides: {@code Outcome.below("free", 12.1, "percent").warn(15).fail(5)}.
     * The value, the limits and a sentence about them are recorded.
     */
    public static Limits below(String name, double value, String unit) {
        return new Limits(name, Threshold.Direction.BELOW, value, unit);
    }

    /** Like {@link #below} with an upper limit: more is worse. */
    public static Limits above(String name, double value, String unit) {
        return new Limits(name, Threshold.Direction.ABOVE, value, unit);
    }

    /** The same with another sentence. */
    public Outcome message(String text) {
        return new Outcome(status, text, reason, hint, observed, thresholds, stopsDependents);
    }

    /** The same with a machine-readable reason, a snake_case word that stays stable. */
    public Outcome reason(String code) {
        return reason(new Reason(code));
    }

    /** The same with a machine-readable reason. */
    public Outcome reason(Reason code) {
        return new Outcome(status, message, code, hint, observed, thresholds, stopsDependents);
    }

    /** The same with what the operator should do next. */
    public Outcome hint(String text) {
        return new Outcome(status, message, reason, requireText(text, "hint"), observed, thresholds, stopsDependents);
    }

    /** The same with a measured value; {@code name} is a snake_case word, {@code unit} a plural base unit. */
    public Outcome observed(String name, double value, String unit) {
        return observed(name, new Observed(value, unit));
    }

    /** The same with a counted value. */
    public Outcome observed(String name, long value, String unit) {
        return observed(name, new Observed(value, unit));
    }

    private Outcome observed(String name, Observed value) {
        var more = new LinkedHashMap<>(observed);
        more.put(requireText(name, "name"), value);
        return new Outcome(
                status, message, reason, hint, Collections.unmodifiableMap(more), thresholds, stopsDependents);
    }

    /** The same with a limit that was applied. */
    public Outcome threshold(Threshold threshold) {
        var more = new ArrayList<>(thresholds);
        more.add(threshold);
        return new Outcome(status, message, reason, hint, observed, List.copyOf(more), stopsDependents);
    }

    /** The same, and dependents are not run although this is only a warning; a failure stops them anyway. */
    public Outcome stopsDependents() {
        return new Outcome(status, message, reason, hint, observed, thresholds, true);
    }

    /** The same status, reason and numbers with other texts: what the engine keeps after redaction. */
    public Outcome withTexts(String cleanMessage, @Nullable String cleanHint) {
        return new Outcome(status, cleanMessage, reason, cleanHint, observed, thresholds, stopsDependents);
    }

    /** True if the check does not apply; then there is no status. */
    public boolean isSkipped() {
        return status == null;
    }

    /**
     * The status.
     *
     * @throws IllegalStateException if this outcome is skipped
     */
    public Status status() {
        if (status == null) {
            throw new IllegalStateException("a skipped outcome has no status");
        }
        return status;
    }

    /** The sentence; for a skipped outcome, why. */
    public String message() {
        return message;
    }

    /** The machine-readable reason, or null. */
    public @Nullable Reason reason() {
        return reason;
    }

    /** What to do next, or null. */
    public @Nullable String hint() {
        return hint;
    }

    /** Measured values by name, in the order they were added; unmodifiable. */
    public Map<String, Observed> observed() {
        return observed;
    }

    /** The limits that were applied; unmodifiable. */
    public List<Threshold> thresholds() {
        return thresholds;
    }

    /** True if dependents must not run. */
    public boolean isStoppingDependents() {
        return status == Status.FAIL || stopsDependents;
    }

    @Override
    public String toString() {
        return (status == null ? "skipped" : status.wireName()) + ": " + message;
    }

    private static String requireText(String text, String name) {
        Objects.requireNonNull(text, name);
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return text;
    }

    /** A measured value that waits for its limits. */
    public static final class Limits {
        private final String name;
        private final Threshold.Direction direction;
        private final double value;
        private final String unit;
        private @Nullable Double warn;

        private Limits(String name, Threshold.Direction direction, double value, String unit) {
            this.name = requireText(name, "name");
            this.direction = direction;
            this.value = value;
            this.unit = requireText(unit, "unit");
        }

        /** Sets the limit of warn, in the unit of the value. */
        public Limits warn(double limit) {
            warn = limit;
            return this;
        }

        /** Sets the limit of fail and decides. */
        public Outcome fail(double limit) {
            return decide(limit);
        }

        /** Decides without a limit of fail: the worst status is warn. */
        public Outcome neverFails() {
            return decide(null);
        }

        private Outcome decide(@Nullable Double fail) {
            var threshold = new Threshold(name, direction, unit, warn, fail);
            var status = threshold.judge(value);
            var limit = status == Status.FAIL || warn == null ? fail : warn;
            var text = new StringBuilder()
                    .append(name)
                    .append(" is ")
                    .append(plain(value))
                    .append(' ')
                    .append(unit);
            if (limit != null) {
                text.append(", limit ").append(plain(limit)).append(' ').append(unit);
            }
            return of(status, text.toString()).observed(name, value, unit).threshold(threshold);
        }

        private static String plain(double number) {
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? Long.toString((long) number)
                    : Double.toString(number);
        }
    }
}
