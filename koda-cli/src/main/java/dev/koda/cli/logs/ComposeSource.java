package dev.koda.cli.logs;

import dev.koda.checks.TimeSource;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The log of one container of a compose project, by {@code docker compose logs} with the stamps of Docker's own. What
 * Docker divides into parts of 16 KiB, with a stamp before each of them, becomes one line again.
 */
final class ComposeSource implements LogSource {
    /** Of one part, in the copier of Docker's logging drivers. */
    private static final int PART_BYTES = 16 << 10;

    private final String name;
    private final ComposeProject project;
    private final Container container;
    private final Range range;
    private final Instant begin;
    private final Seen seen = new Seen();
    private final StampReader stamps = new StampReader(ZoneOffset.UTC);
    private long lastStamp;
    private boolean isHistoryRead;

    ComposeSource(String name, ComposeProject project, Container container, Range range, TimeSource time) {
        this.name = name;
        this.project = project;
        this.container = container;
        this.range = range;
        this.begin = time.now();
        this.lastStamp = StampReader.nanos(begin);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean goesOn() {
        return true;
    }

    @Override
    public boolean isStill() {
        return !container.isRunning();
    }

    @Override
    public void history(LineWriter writer) throws LogsException {
        read(fromBegin(), writer);
        isHistoryRead = true;
    }

    private List<String> fromBegin() {
        var options = new ArrayList<String>();
        if (range.tail() >= 0) {
            options.addAll(List.of("--tail", Integer.toString(range.tail())));
        }
        if (range.since() != null) {
            options.addAll(List.of("--since", range.since().toString()));
        }
        if (range.until() != null) {
            options.addAll(List.of("--until", range.until().toString()));
        }
        return options;
    }

    @Override
    public void follow(LineWriter writer) throws LogsException {
        var options = new ArrayList<>(List.of("--follow"));
        if (seen.isEmpty() && !isHistoryRead) {
            options.addAll(fromBegin());
        } else {
            var since = seen.isEmpty() ? begin : StampReader.instant(seen.reopen());
            options.addAll(List.of("--since", since.toString()));
        }
        read(options, writer);
    }

    private void read(List<String> options, LineWriter writer) throws LogsException {
        try (var child = project.logs(container, options)) {
            int code = ChildLines.read(child, writer, (bytes, from, to, isCut) -> add(bytes, from, to, isCut, writer));
            if (code != 0) {
                throw project.failure("logs", code, child.lastWords());
            }
        }
    }

    private void add(byte[] bytes, int from, int to, boolean isCut, LineWriter writer) {
        int begin = from;
        if (stamps.read(bytes, from, to)) {
            lastStamp = stamps.nanos();
            begin = afterBlank(bytes, stamps.end(), to);
        }
        var text = to - begin > PART_BYTES ? joined(bytes, begin, to) : Arrays.copyOfRange(bytes, begin, to);
        if (seen.add(lastStamp, text)) {
            writer.add(lastStamp, text, isCut, null);
        }
    }

    private static int afterBlank(byte[] bytes, int at, int to) {
        return at < to && bytes[at] == ' ' ? at + 1 : at;
    }

    /** Without the stamps between the parts. */
    private byte[] joined(byte[] bytes, int from, int to) {
        var text = new byte[to - from];
        int length = 0;
        int at = from;
        while (at < to) {
            int end = Math.min(to, at + PART_BYTES);
            System.arraycopy(bytes, at, text, length, end - at);
            length += end - at;
            at = stamps.read(bytes, end, to) && stamps.end() < to && bytes[stamps.end()] == ' '
                    ? stamps.end() + 1
                    : end;
        }
        return Arrays.copyOf(text, length);
    }
}
