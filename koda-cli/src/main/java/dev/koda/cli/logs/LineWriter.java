package dev.koda.cli.logs;

import dev.koda.checks.TimeSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands the lines of one log over, several at a time. For one thread. */
final class LineWriter {
    private static final int BATCH_LINES = 256;
    private static final int BATCH_BYTES = 32 << 10;

    private final int source;
    private final Intake intake;
    private final TimeSource time;
    private List<LogLine> batch = new ArrayList<>(BATCH_LINES);
    private int weight;
    private long count;
    private boolean isLive;
    private boolean isWanted = true;
    private @Nullable Runnable onNextLine;

    LineWriter(int source, Intake intake, TimeSource time) {
        this.source = source;
        this.intake = intake;
        this.time = time;
    }

    /** What comes from now on was not there when we came. */
    void beLive() {
        isLive = true;
    }

    boolean isLive() {
        return isLive;
    }

    /** Does this once, when there is a line again. */
    void onNextLine(Runnable action) {
        onNextLine = action;
    }

    /** How many lines there have been. */
    long count() {
        return count;
    }

    /** Adds one; waits where there is no room. */
    void add(long stamp, byte[] text, boolean isCut, @Nullable Level level) {
        var line = new LogLine(source, stamp, text, isCut, level, isLive, time.nanos());
        batch.add(line);
        weight += line.weight();
        count++;
        var action = onNextLine;
        if (action != null) {
            onNextLine = null;
            action.run();
        }
        if (batch.size() >= BATCH_LINES || weight >= BATCH_BYTES) {
            flush();
        }
    }

    /** Makes what has been added known; false if nobody wants any more. */
    boolean flush() {
        if (!batch.isEmpty()) {
            isWanted = intake.put(source, batch) && isWanted;
            batch = new ArrayList<>(BATCH_LINES);
            weight = 0;
        }
        return isWanted;
    }
}
