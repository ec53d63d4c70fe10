package dev.koda.cli.logs;

import java.nio.charset.StandardCharsets;

/** What a line goes through once its turn has come: secrets, filter, format. For one thread. */
final class LogScreen {
    private final SecretGuard guard;
    private final RecordFilter filter;
    private final LineFormat format;
    private final LineOutput output;

    /**
     * @param sources how many logs there are
     */
    LogScreen(LogRequest request, LineFormat format, LineOutput output, int sources) {
        this.guard = new SecretGuard(request.secrets(), sources);
        this.filter = new RecordFilter(request.selection(), sources);
        this.format = format;
        this.output = output;
    }

    void show(LogLine line, boolean isLate) {
        var text = new String(line.text(), StandardCharsets.UTF_8);
        var clean = guard.clean(line.source(), text);
        var reading = filter.read(line, clean, clean.equals(text));
        if (reading != null) {
            reading.beLate(isLate);
            format.write(reading, output);
        }
    }

    void flush() {
        output.flush();
    }

    boolean isGone() {
        return output.isGone();
    }
}
