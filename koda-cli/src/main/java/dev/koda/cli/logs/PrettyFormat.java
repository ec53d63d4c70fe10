package dev.koda.cli.logs;

import dev.koda.cli.output.Ink;
import dev.koda.cli.output.Lines;
import dev.koda.cli.output.TextStyle;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lines for people: time, log, level, message, fields; each log with a column and a colour of its own. */
final class PrettyFormat implements LineFormat {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX");
    private static final int LEVEL_COLUMNS = 6;

    private final TextStyle style;
    private final List<Label> labels;
    private final ZoneId zone;
    private final DateTimeFormatter clock;
    private final Consumer<String> aside;
    private final int timeColumns;
    private final int indent;
    private LocalDate day;

    /**
     * How a log is named.
     *
     * @param name with blanks to fill the column
     */
    record Label(String name, Ink ink) {}

    /**
     * @param labels one for each log
     * @param zone of the times
     * @param day of today
     * @param aside is told on which day lines are that are not of today; only where a terminal shows the time of day
     */
    PrettyFormat(TextStyle style, List<Label> labels, ZoneId zone, LocalDate day, Consumer<String> aside) {
        this.style = style;
        this.labels = labels;
        this.zone = zone;
        this.day = day;
        this.aside = aside;
        this.clock = style.terminal() ? CLOCK : FULL;
        this.timeColumns = style.terminal() ? "10:14:24.120".length() : 0;
        int name = labels.isEmpty() ? 0 : Lines.width(labels.get(0).name());
        this.indent = timeColumns + 1 + name + 1 + LEVEL_COLUMNS;
    }

    @Override
    public void write(Reading reading, LineOutput output) {
        var time = time(reading, output);
        var columns = new Columns(style, indent);
        columns.fixed(Lines.padded(time, timeColumns), Ink.DIM);
        columns.fixed(reading.isLate() ? "~" : " ", reading.isLate() ? Ink.YELLOW : null);
        var label = labels.get(reading.line().source());
        columns.fixed(label.name() + ' ', label.ink());
        if (reading.continues()) {
            columns.fixed(" ".repeat(LEVEL_COLUMNS), null);
            columns.flowing(safe(LineFormat.limited(reading.plain())), Ink.DIM);
        } else {
            level(reading.level(), columns);
            text(reading.parsed(), columns);
        }
        if (reading.line().isCut()) {
            columns.flowing(CUT, Ink.YELLOW);
        }
        output.line(columns.toString());
    }

    private String time(Reading reading, LineOutput output) {
        long stamp = reading.line().stamp();
        if (stamp == StampReader.NONE) {
            return "";
        }
        var moment = StampReader.instant(stamp).atZone(zone);
        var date = moment.toLocalDate();
        if (style.terminal() && !date.equals(day)) {
            day = date;
            output.flush();
            aside.accept("-- " + date + " --");
        }
        return moment.format(clock);
    }

    private static void level(@Nullable Level level, Columns columns) {
        var word = level == null ? "" : level.name();
        columns.fixed(Lines.padded(word, LEVEL_COLUMNS), level == null ? null : inkOf(level));
    }

    private static @Nullable Ink inkOf(Level level) {
        return switch (level) {
            case TRACE, DEBUG -> Ink.DIM;
            case INFO -> null;
            case WARN -> Ink.YELLOW;
            case ERROR, FATAL -> Ink.RED;
        };
    }

    private void text(Parsed parsed, Columns columns) {
        lines(parsed.message(), columns, null);
        if (parsed.isJson()) {
            fields(parsed, columns);
        }
    }

    private void fields(Parsed parsed, Columns columns) {
        for (var field : parsed.fields().entrySet()) {
            if (!TextStamps.FIELDS.contains(field.getKey()) && !hasLines(field.getValue())) {
                var name = safe(field.getKey()) + '=';
                var value = quoted(safe(field.getValue()));
                columns.word(name.length() + value.length());
                columns.flowing(name, Ink.DIM);
                columns.flowing(value, null);
            }
        }
        for (var field : parsed.fields().entrySet()) {
            if (hasLines(field.getValue())) {
                columns.next();
                columns.flowing(safe(field.getKey()) + ':', Ink.DIM);
                columns.next();
                lines(field.getValue(), columns, Ink.DIM);
            }
        }
    }

    /** As that of a stack trace. */
    private static boolean hasLines(String value) {
        return value.indexOf('\n') >= 0;
    }

    private void lines(String text, Columns columns, @Nullable Ink ink) {
        boolean isFirst = true;
        for (var line : LineFormat.limited(text.stripTrailing()).split("\n", -1)) {
            if (!isFirst) {
                columns.next();
            }
            columns.flowing(safe(line.stripTrailing()), ink);
            isFirst = false;
        }
    }

    private static String quoted(String value) {
        return value.isEmpty() || value.indexOf(' ') >= 0 ? '"' + value + '"' : value;
    }

    private String safe(String text) {
        return SafeText.of(text, style);
    }
}
