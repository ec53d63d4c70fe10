package dev.koda.server.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import org.jspecify.annotations.Nullable;

/** A throwable with its causes and suppressed ones as text, some frames of each. */
final class StackText {
    private static final int FRAMES = 12;
    private static final int DEPTH = 6;

    private final StringBuilder text = new StringBuilder();

    private StackText() {}

    static String of(IThrowableProxy thrown) {
        var stack = new StackText();
        stack.add("", thrown, 0);
        return stack.text.toString();
    }

    private void add(String label, @Nullable IThrowableProxy thrown, int depth) {
        if (thrown == null || depth >= DEPTH) {
            return;
        }
        text.append(label).append(thrown.getClassName());
        if (thrown.getMessage() != null) {
            text.append(": ").append(thrown.getMessage());
        }
        text.append('\n');
        var frames = thrown.getStackTraceElementProxyArray();
        int own = Math.max(0, frames.length - thrown.getCommonFrames());
        for (int i = 0; i < Math.min(own, FRAMES); i++) {
            text.append("  ").append(frames[i].getSTEAsString()).append('\n');
        }
        if (own > FRAMES) {
            text.append("  and ").append(own - FRAMES).append(" more\n");
        }
        if (thrown.isCyclic()) {
            return;
        }
        for (var suppressed : thrown.getSuppressed()) {
            add("suppressed: ", suppressed, depth + 1);
        }
        add("caused by: ", thrown.getCause(), depth + 1);
    }
}
