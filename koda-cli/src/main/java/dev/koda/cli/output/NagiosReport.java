package dev.koda.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.Threshold;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A report as the output of a plugin for Nagios and what is compatible with it: one line with state, names and
 * performance data, then a line for each thing that is not right.
 *
 * <p>The form is that of the Monitoring Plugins Development Guidelines; the size keeps below the 8192 bytes that Nagios
 * reads.
 */
public final class NagiosReport {
    private static final int MOST_BYTES = 8000;
    /** Half for the values, so that they never crowd out what is wrong. */
    private static final int MOST_VALUE_BYTES = 4000;

    private static final int MOST_NAMES = 5;
    private static final TextStyle STYLE = TextStyle.plain(true);

    private final Report report;

    private NagiosReport(Report report) {
        this.report = report;
    }

    /**
     * The whole report, UTF-8.
     *
     * @param isWarningForgiven whether a warning is OK
     */
    public static byte[] write(Report report, boolean isWarningForgiven) {
        return new NagiosReport(report).render(isWarningForgiven).getBytes(UTF_8);
    }

    /**
     * What a plugin says that has no report: one line.
     *
     * @param state a word of the plugin interface, such as {@code UNKNOWN}
     */
    public static byte[] without(String state, String why) {
        return ("KODA " + state + " - " + safe(why) + "\n").getBytes(UTF_8);
    }

    private String render(boolean isWarningForgiven) {
        var text = new StringBuilder("KODA ")
                .append(state(isWarningForgiven))
                .append(" - ")
                .append(safe(report.message()))
                .append(names());
        var values = values();
        if (!values.isEmpty()) {
            text.append(" | ").append(values);
        }
        text.append('\n');
        int left = MOST_BYTES - bytes(text.toString());
        for (var line : lines()) {
            left -= bytes(line);
            if (left < 0) {
                break;
            }
            text.append(line);
        }
        return text.toString();
    }

    private String state(boolean isWarningForgiven) {
        return switch (report.status()) {
            case PASS -> "OK";
            case WARN -> isWarningForgiven ? "OK" : "WARNING";
            case FAIL -> "CRITICAL";
        };
    }

    private String names() {
        var ids = Attention.of(report).stream()
                .map(result -> safe(result.id().toString()))
                .toList();
        if (ids.isEmpty()) {
            return "";
        }
        int named = Math.min(MOST_NAMES, ids.size());
        var more = ids.size() > named ? " and " + (ids.size() - named) + " more" : "";
        return ": " + String.join(", ", ids.subList(0, named)) + more;
    }

    private List<String> lines() {
        return Attention.of(report).stream()
                .map(result -> '[' + (result.status() == Status.FAIL ? "CRITICAL" : "WARNING") + "] "
                        + safe(result.id() + ": " + result.message()
                                + hint(result.outcome().hint())) + '\n')
                .toList();
    }

    private static String hint(@Nullable String hint) {
        return hint == null ? "" : "; do: " + hint;
    }

    /** Everything that was measured, as far as there is room: whole values only. */
    private String values() {
        var kept = new ArrayList<String>();
        kept.add("'took'=" + report.took().toMillis() + "ms");
        int left = MOST_VALUE_BYTES - bytes(kept.get(0));
        for (var value : report.checks().stream()
                .flatMap(result -> values(result).stream())
                .toList()) {
            left -= bytes(value) + 1;
            if (left >= 0) {
                kept.add(value);
            }
        }
        return String.join(" ", kept);
    }

    private static List<String> values(CheckResult result) {
        return result.outcome().observed().entrySet().stream()
                .map(entry -> label(result, entry.getKey())
                        + '='
                        + plain(entry.getValue().value())
                        + unit(entry.getValue().unit())
                        + limits(result, entry.getKey()))
                .collect(Collectors.toList());
    }

    /** In quotes, of which one inside is doubled; an equals sign would end it. */
    private static String label(CheckResult result, String name) {
        var label = result.id() + " " + name;
        return '\'' + safe(label).replace("'", "''").replace('=', '_') + '\'';
    }

    /** {@code ;warn;fail} as ranges of what is good, or nothing without limits. */
    private static String limits(CheckResult result, String name) {
        return result.outcome().thresholds().stream()
                .filter(threshold -> threshold.of().equals(name))
                .findFirst()
                .map(threshold -> ';' + range(threshold, threshold.warn()) + ';' + range(threshold, threshold.fail()))
                .orElse("");
    }

    private static String range(Threshold threshold, @Nullable Double limit) {
        if (limit == null) {
            return "";
        }
        return threshold.direction() == Threshold.Direction.BELOW ? plain(limit) + ':' : plain(limit);
    }

    /** The guidelines know seconds, percent and bytes; any other unit is a number without one. */
    private static String unit(String unit) {
        return switch (unit) {
            case "percent" -> "%";
            case "bytes" -> "B";
            case "seconds" -> "s";
            case "milliseconds" -> "ms";
            default -> "";
        };
    }

    /** Digits without an exponent. */
    private static String plain(Number value) {
        return new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
    }

    /** A bar begins the values. */
    private static String safe(String text) {
        return Lines.safe(text, STYLE).replace('|', '/');
    }

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }
}
