package dev.koda.checks.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a plugin wrote, as its <a href="https://www.monitoring-plugins.org/doc/guidelines.html">guidelines</a> have it.
 *
 * @param firstLine the text of the first line; blank if there is none
 * @param values the performance data: after the bar of the first line, and after the next bar to the end; at most 20
 */
record PluginOutput(String firstLine, List<Value> values) {
    private static final int MOST_VALUES = 20;
    private static final int LONGEST_NAME = 40;
    /** Bounded, so that a hostile output takes no quadratic time. */
    private static final Pattern VALUE = Pattern.compile("(?<!\\S)(?:'((?:[^']|''){1,60})'|([^\\s'=]{1,60}))"
            + "=(-?\\d{1,18}(?:\\.\\d{1,18})?(?:[eE][-+]?\\d{1,2})?)([a-zA-Z%]{0,8})");

    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("s", "seconds"),
            Map.entry("ms", "milliseconds"),
            Map.entry("us", "microseconds"),
            Map.entry("%", "percent"),
            Map.entry("B", "bytes"),
            Map.entry("KB", "kilobytes"),
            Map.entry("MB", "megabytes"),
            Map.entry("GB", "gigabytes"),
            Map.entry("TB", "terabytes"),
            Map.entry("c", "counts"),
            Map.entry("", "units"));

    /** A number that a plugin measured. */
    record Value(String name, double value, String unit) {}

    PluginOutput {
        values = List.copyOf(values);
    }

    static PluginOutput of(String output) {
        int lineEnd = output.indexOf('\n');
        var line = lineEnd < 0 ? output : output.substring(0, lineEnd);
        int bar = line.indexOf('|');
        var text = (bar < 0 ? line : line.substring(0, bar)).strip();
        var more = output.substring(lineEnd < 0 ? output.length() : lineEnd);
        int moreBar = more.indexOf('|');
        return new PluginOutput(
                text,
                values((bar < 0 ? "" : line.substring(bar + 1))
                        + (moreBar < 0 ? "" : " " + more.substring(moreBar + 1))));
    }

    private static List<Value> values(String data) {
        var found = new ArrayList<Value>();
        var matcher = VALUE.matcher(data);
        while (found.size() < MOST_VALUES && matcher.find()) {
            var unit = UNITS.getOrDefault(matcher.group(4), matcher.group(4));
            found.add(new Value(name(matcher), Double.parseDouble(matcher.group(3)), unit));
        }
        return found;
    }

    /** The label as a word in snake_case, such as the keys of a report are. */
    @SuppressWarnings("NullAway") // A group that did not take part is null.
    private static String name(MatchResult label) {
        var text = label.group(1) == null ? label.group(2) : label.group(1);
        var words = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
        var word = words.isEmpty() || Character.isDigit(words.charAt(0)) ? "value_" + words : words;
        var trimmed = word.endsWith("_") ? word.substring(0, word.length() - 1) : word;
        return trimmed.length() <= LONGEST_NAME ? trimmed : trimmed.substring(0, LONGEST_NAME);
    }
}
