package dev.koda.cli.logs;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lets through the lines that are wanted. What continues a line goes the way of that line. For one thread. */
final class RecordFilter {
    private final Selection selection;
    private final Continuation[] continuations;
    private final boolean[] passed;
    private final boolean[] passedButForPatterns;

    /** For that many logs. */
    RecordFilter(Selection selection, int sources) {
        this.selection = selection;
        continuations = new Continuation[sources];
        Arrays.setAll(continuations, source -> new Continuation());
        passed = new boolean[sources];
        passedButForPatterns = new boolean[sources];
        // What continues a line that was before the first one we see.
        Arrays.fill(passedButForPatterns, !selection.needsParsing());
        Arrays.fill(passed, !selection.needsParsing() && selection.patterns().isEmpty());
    }

    /**
     * What the line says; null if it is not wanted. To be asked of every line of a log, in its order.
     *
     * @param text of the line, without secrets
     * @param isOriginal true if there was none
     */
    @Nullable
    Reading read(LogLine line, String text, boolean isOriginal) {
        int source = line.source();
        boolean continues = continuations[source].continues(Ansi.without(text));
        var reading = new Reading(
                line, text, isOriginal, continues, !selection.fields().isEmpty());
        if (!selection.range().holds(line.stamp())) {
            return null;
        }
        if (!continues) {
            passedButForPatterns[source] = matchesLevelAndFields(reading);
            passed[source] = passedButForPatterns[source] && matchesPatterns(reading);
            return passed[source] ? reading : null;
        }
        boolean isWanted = passed[source] || (passedButForPatterns[source] && matchesPatterns(reading));
        return isWanted ? reading : null;
    }

    private boolean matchesLevelAndFields(Reading reading) {
        if (!selection.needsParsing()) {
            return true;
        }
        var least = selection.level();
        if (least != null) {
            var level = reading.level();
            if (level == null || level.compareTo(least) < 0) {
                return false;
            }
        }
        for (var field : selection.fields()) {
            var value = valueOf(field.name(), reading);
            if (value == null || !field.value().matcher(value).matches()) {
                return false;
            }
        }
        return true;
    }

    /** The message of JSON is a field like the others, whatever its name was. */
    private static @Nullable String valueOf(String name, Reading reading) {
        var parsed = reading.parsed();
        var value = parsed.fields().get(name);
        boolean isMessage = name.equals("event") || name.equals("message") || name.equals("msg");
        return value == null && isMessage ? parsed.message() : value;
    }

    private boolean matchesPatterns(Reading reading) {
        for (var pattern : selection.patterns()) {
            if (!pattern.matcher(reading.plain()).find()) {
                return false;
            }
        }
        return true;
    }
}
