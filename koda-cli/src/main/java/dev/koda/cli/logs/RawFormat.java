package dev.koda.cli.logs;

import dev.koda.cli.output.TextStyle;

/** Lines as they were written, byte by byte, but for secrets; on a terminal without what would steer it. */
final class RawFormat implements LineFormat {
    private final TextStyle style;

    RawFormat(TextStyle style) {
        this.style = style;
    }

    @Override
    public void write(Reading reading, LineOutput output) {
        var line = reading.line();
        if (style.terminal()) {
            output.line(SafeText.of(limited(reading.plain()), style) + mark(line));
        } else if (reading.isOriginal() && !line.isCut()) {
            output.line(line.text());
        } else {
            output.line(limited(reading.text()) + mark(line));
        }
    }

    private static String limited(String text) {
        return LineFormat.limited(text);
    }

    private static String mark(LogLine line) {
        return line.isCut() ? CUT : "";
    }
}
