package dev.koda.cli.logs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of {@code koda logs}: a thread for each log, and this one, which merges and writes. */
public final class LogTail {
    /** Ctrl-C goes to the programs that read for us as well: one of them may have ended before we hear of it. */
    private static final Duration SIGNAL_LIMIT = Duration.ofMillis(200);

    private final LogRequest request;
    private final LogSurroundings around;
    private final Monitor monitor;
    private final Children children;
    private final List<String> failures = new ArrayList<>();
    private volatile @Nullable Throwable broken;

    /** How it ended. */
    public enum End {
        /** All of it has been shown. */
        COMPLETE,
        /** Not all of it could be read; it has been said why. */
        INCOMPLETE,
        /** Nobody takes what we write. */
        UNREAD
    }

    private LogTail(LogRequest request, LogSurroundings around) {
        this.request = request;
        this.around = around;
        this.monitor = new Monitor(around.time());
        this.children = new Children(monitor, around.environment(), around.directory());
    }

    /**
     * Shows what is asked for. Blocks until all has been shown or nobody takes it; if lines are followed that is never,
     * and the process is ended from outside.
     *
     * @throws LogsException if it is not possible; nothing has been shown then
     */
    public static End run(LogRequest request, LogSurroundings around) throws LogsException {
        var tail = new LogTail(request, around);
        var hook = new Thread(tail::end, "koda-logs-end");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return tail.run();
        } finally {
            tail.end();
            remove(hook);
        }
    }

    private void end() {
        children.close();
        monitor.close();
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // It runs already.
            return;
        }
    }

    private End run() throws LogsException {
        var sources = LogSources.find(request, around, monitor, children);
        int count = sources.all().size();
        var intake = new Intake(monitor, count);
        for (int i = 0; i < count; i++) {
            read(i, sources.all().get(i), intake);
        }
        var charset = around.style().unicode() || !around.style().terminal()
                ? StandardCharsets.UTF_8
                : StandardCharsets.US_ASCII;
        var output = new LineOutput(around.output(), charset);
        var screen = new LogScreen(request, format(sources), output, count);
        boolean isRead = merge(intake, new Merge(count), screen);
        throwBroken();
        return isRead ? whole() : End.UNREAD;
    }

    private LineFormat format(LogSources sources) {
        return switch (request.format()) {
            case RAW -> new RawFormat(around.style());
            case JSON -> new EnvelopeFormat(sources.names(), around.style());
            case PRETTY -> {
                var zone = request.isUtc() ? ZoneOffset.UTC : ZoneId.systemDefault();
                var today = LocalDate.ofInstant(around.time().now(), zone);
                yield new PrettyFormat(around.style(), sources.labels(around.style()), zone, today, around.notices());
            }
        };
    }

    private void read(int place, LogSource source, Intake intake) {
        var writer = new LineWriter(place, intake, around.time());
        var reader = new SourceReader(
                source, writer, monitor, words -> around.notices().accept("koda logs: " + words));
        var thread = new Thread(() -> read(reader, source, place, intake), "koda-logs-" + source.name());
        thread.setDaemon(true);
        thread.start();
    }

    private void read(SourceReader reader, LogSource source, int place, Intake intake) {
        try {
            if (request.isFollowed()) {
                reader.readHistoryOrLater();
                intake.historyOver(place);
                reader.readOn();
            } else {
                reader.readHistory();
            }
        } catch (LogsException unreadable) {
            monitor.change(() -> failures.add(source.name() + ": " + unreadable.sentence()));
        } catch (Throwable ours) { // an Error, too: without this log the output is not whole
            broken = ours;
            monitor.close();
        } finally {
            intake.over(place);
        }
    }

    /** False if nobody takes the lines. */
    private boolean merge(Intake intake, Merge merge, LogScreen screen) {
        int known = -1;
        while (!merge.isOver()) {
            int news = intake.news();
            if (news != known || merge.isHungry()) {
                known = news;
                intake.deliver(merge.lanes());
            }
            var line = merge.next(around.time().nanos());
            if (line != null) {
                screen.show(line, merge.isLate());
            } else if (!merge.isOver()) {
                screen.flush();
                int seen = known;
                if (screen.isGone() || !await(intake, merge, seen)) {
                    return !screen.isGone();
                }
            }
            if (screen.isGone()) {
                return false;
            }
        }
        screen.flush();
        return !screen.isGone();
    }

    private boolean await(Intake intake, Merge merge, int seen) {
        return merge.waitNanos() == Long.MAX_VALUE
                ? monitor.await(() -> intake.news() != seen || merge.isHungry())
                : monitor.await(() -> intake.news() != seen || merge.isHungry(), Duration.ofNanos(merge.waitNanos()));
    }

    private void throwBroken() {
        var ours = broken;
        if (ours != null) {
            throw new IllegalStateException("a reader has ended", ours);
        }
    }

    private End whole() {
        if (failures.isEmpty()) {
            return End.COMPLETE;
        }
        monitor.pause(SIGNAL_LIMIT);
        failures.forEach(failure -> around.notices().accept("koda logs: " + failure));
        return End.INCOMPLETE;
    }
}
