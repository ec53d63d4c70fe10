package dev.koda.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Everything that a stream has carried so far, read by a thread of its own; whoever waits for a line is woken by it. */
final class StreamText {
    private final String name;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean isOver;

    private StreamText(String name) {
        this.name = name;
    }

    static StreamText of(InputStream stream, String name) {
        var text = new StreamText(name);
        var reader = new Thread(() -> text.readAll(stream), "read-" + name);
        reader.setDaemon(true);
        reader.start();
        return text;
    }

    private void readAll(InputStream stream) {
        var part = new byte[8192];
        try (stream) {
            for (int count = stream.read(part); count >= 0; count = stream.read(part)) {
                add(part, count);
            }
        } catch (IOException closedByItsEnd) {
            // What came before it is complete.
        } finally {
            over();
        }
    }

    private void add(byte[] part, int count) {
        lock.lock();
        try {
            bytes.write(part, 0, count);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void over() {
        lock.lock();
        try {
            isOver = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    byte[] bytes() {
        lock.lock();
        try {
            return bytes.toByteArray();
        } finally {
            lock.unlock();
        }
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** The first complete line in which the pattern is found; waits for it. */
    String awaitLine(Pattern pattern, Duration limit) {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (true) {
                var whole = text();
                var found = lines(whole)
                        .filter(line -> pattern.matcher(line).find())
                        .findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
                if (isOver || left <= 0) {
                    throw new AssertionError("no line with " + pattern
                            + (isOver ? " before " + name + " ended" : " within " + limit.toMillis() + " ms") + "; "
                            + name + " was:\n" + whole);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + pattern, ending);
        } finally {
            lock.unlock();
        }
    }

    private static Stream<String> lines(String whole) {
        return whole.substring(0, whole.lastIndexOf('\n') + 1).lines();
    }

    /** Waits until the stream has ended, so that nothing is missing from it. */
    void awaitEnd(Duration limit) {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!isOver && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
