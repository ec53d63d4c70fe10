package dev.koda.cli.logs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What has been read and not yet been merged. A reader that is far ahead of the others, or of whoever looks at the output,
 * is made to wait, so that nothing is thrown away and memory stays flat. Thread-safe.
 */
final class Intake {
    private static final int ALL_BYTES = 8 << 20;
    private static final int MOST_BYTES = 512 << 10;
    private static final int LEAST_BYTES = 32 << 10;

    private final Monitor monitor;
    private final List<Box> boxes = new ArrayList<>();
    private final int limit;
    private final AtomicInteger news = new AtomicInteger();

    /** What one reader has left here. */
    private static final class Box {
        private ArrayDeque<LogLine> lines = new ArrayDeque<>();
        private long weight;
        private boolean isHistory = true;
        private boolean isOver;
    }

    /** For that many logs. */
    Intake(Monitor monitor, int sources) {
        this.monitor = monitor;
        this.limit = Math.max(LEAST_BYTES, Math.min(MOST_BYTES, ALL_BYTES / Math.max(1, sources)));
        for (int i = 0; i < sources; i++) {
            boxes.add(new Box());
        }
    }

    /** Leaves lines of one log here, as soon as there is room; false if nobody wants any more. */
    boolean put(int source, List<LogLine> lines) {
        var box = boxes.get(source);
        if (!monitor.await(() -> box.weight < limit)) {
            return false;
        }
        monitor.change(() -> {
            for (var line : lines) {
                box.lines.add(line);
                box.weight += line.weight();
            }
            news.incrementAndGet();
        });
        return true;
    }

    /** What was there before has all been read. */
    void historyOver(int source) {
        monitor.change(() -> {
            boxes.get(source).isHistory = false;
            news.incrementAndGet();
        });
    }

    /** There will be no more of it. */
    void over(int source) {
        monitor.change(() -> {
            boxes.get(source).isHistory = false;
            boxes.get(source).isOver = true;
            news.incrementAndGet();
        });
    }

    /** Grows with each thing that happens here. */
    int news() {
        return news.get();
    }

    /** Gives the lanes that are empty what is here for them, and tells each of them how far its log is. */
    void deliver(List<Merge.Lane> lanes) {
        monitor.change(() -> {
            for (int i = 0; i < boxes.size(); i++) {
                deliver(boxes.get(i), lanes.get(i));
            }
        });
    }

    private void deliver(Box box, Merge.Lane lane) {
        if (lane.isEmpty() && !box.lines.isEmpty()) {
            box.lines = lane.swap(box.lines);
            box.weight = 0;
        }
        lane.isFull = box.weight >= limit;
        lane.hasMore = !box.lines.isEmpty();
        lane.isHistory = box.isHistory && !box.isOver;
        lane.isOver = box.isOver && box.lines.isEmpty();
    }
}
