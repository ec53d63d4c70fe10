package dev.koda.cli.logs;

import java.time.Duration;
import java.util.function.Consumer;

/** Reads one log to its end, and where it goes on, opens it again and again. The work of one thread. */
final class SourceReader {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final LogSource source;
    private final LineWriter writer;
    private final Monitor monitor;
    private final Consumer<String> notices;
    private String lastWords = "";

    /**
     * @param notices hears that a log has ended and goes on
     */
    SourceReader(LogSource source, LineWriter writer, Monitor monitor, Consumer<String> notices) {
        this.source = source;
        this.writer = writer;
        this.monitor = monitor;
        this.notices = notices;
    }

    /**
     * Reads what is there, and no more.
     *
     * @throws LogsException if it could not be read to its end
     */
    void readHistory() throws LogsException {
        try {
            source.history(writer);
        } finally {
            writer.flush();
        }
    }

    /** The same, but what cannot be read now is left for {@link #readOn}. */
    void readHistoryOrLater() {
        try {
            readHistory();
        } catch (LogsException unreadable) {
            sayDown(unreadable.sentence());
        }
    }

    /**
     * Reads what comes, until nobody wants it or there can be no more.
     *
     * @throws LogsException if it cannot be read and never will
     */
    void readOn() throws LogsException {
        writer.beLive();
        if (source.isStill() && lastWords.isEmpty()) {
            expectMore("it does not run");
        }
        var pause = SHORTEST_PAUSE;
        while (!monitor.isClosed()) {
            long before = writer.count();
            var why = follow();
            if (!writer.flush() || !source.goesOn()) {
                return;
            }
            sayDown(why);
            pause = writer.count() > before ? SHORTEST_PAUSE : pause;
            monitor.pause(pause);
            pause = longer(pause);
        }
    }

    /** Why it has ended. */
    private String follow() throws LogsException {
        try {
            source.follow(writer);
            return "its log has ended";
        } catch (LogsException unreadable) {
            if (!source.goesOn()) {
                throw unreadable;
            }
            return unreadable.sentence();
        }
    }

    private void sayDown(String why) {
        if (!lastWords.equals(why) && !monitor.isClosed()) {
            boolean isNews = lastWords.isEmpty() || !why.equals("its log has ended");
            if (isNews) {
                notices.accept(source.name() + ": " + why + "; waiting for more");
                expectMore(why);
            }
        }
    }

    private void expectMore(String why) {
        lastWords = why;
        writer.onNextLine(() -> {
            lastWords = "";
            notices.accept(source.name() + ": goes on");
        });
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
