package dev.koda.cli.output;

import dev.koda.checks.CheckId;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckListener;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One moving line on a person's standard error while checks run: how many have answered and which one is waited for.
 * Appears only when it takes longer than 300 ms, and leaves nothing behind. Thread-safe.
 */
public final class Progress implements CheckListener, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Duration FRAME = Duration.ofMillis(100);
    private static final String ERASE_LINE = "\r\u001b[K";
    private static final String SPINNER = "\u280b\u2819\u2839\u2838\u283c\u2834\u2826\u2827\u2807\u280f";
    private static final String ASCII_SPINNER = "|/-\\";

    private final PrintStream errors;
    private final TextStyle style;
    private final TimeSource time;
    private final Set<CheckId> running = new LinkedHashSet<>();
    private int answered;
    private int frame;
    private boolean isShown;
    private boolean isClosed;
    private TimeSource.@Nullable Timer timer;

    /**
     * Begins to watch; nothing is drawn where nobody sees it.
     *
     * @param errors standard error
     * @param isTerminal whether it is a person's
     * @param style how wide the terminal is, and whether more than ASCII arrives
     */
    public Progress(PrintStream errors, boolean isTerminal, TextStyle style, TimeSource time) {
        this.errors = errors;
        this.style = style;
        this.time = time;
        if (isTerminal) {
            timer = time.schedule(PATIENCE, this::draw);
        }
    }

    @Override
    public synchronized void onStart(CheckId id) {
        running.add(id);
    }

    @Override
    public synchronized void onEnd(CheckId id, @Nullable Status status, @Nullable Reason reason, long tookNanos) {
        running.remove(id);
        answered++;
    }

    private synchronized void draw() {
        if (isClosed) {
            return;
        }
        var spinner = style.unicode() ? SPINNER : ASCII_SPINNER;
        var text = new StringBuilder();
        text.append(spinner.charAt(frame++ % spinner.length()))
                .append(' ')
                .append(answered)
                .append(" checked");
        running.stream()
                .findFirst()
                .ifPresent(id -> text.append(", waiting for ").append(id));
        var line = Lines.wrapped(Lines.safe(text.toString(), style), style.columns() - 1)
                .get(0);
        write(ERASE_LINE + line);
        isShown = true;
        timer = time.schedule(FRAME, this::draw);
    }

    /** Ends it and erases the line; does nothing the second time. */
    @Override
    public synchronized void close() {
        isClosed = true;
        if (timer != null) {
            timer.cancel();
        }
        if (isShown) {
            isShown = false;
            write(ERASE_LINE);
        }
    }

    private void write(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        errors.write(bytes, 0, bytes.length);
        errors.flush();
    }
}
