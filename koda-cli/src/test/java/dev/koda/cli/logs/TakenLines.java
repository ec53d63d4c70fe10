package dev.koda.cli.logs;

import dev.koda.checks.TimeSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes what one source writes. */
final class TakenLines {
    private final Intake intake;
    private final LineWriter writer;

    TakenLines(Monitor monitor, TimeSource time) {
        intake = new Intake(monitor, 1);
        writer = new LineWriter(0, intake, time);
    }

    LineWriter writer() {
        return writer;
    }

    /** The texts of what has been handed over. */
    List<String> texts() {
        var merge = new Merge(1);
        intake.deliver(merge.lanes());
        var texts = new ArrayList<String>();
        for (var line = merge.next(0); line != null; line = merge.next(0)) {
            texts.add(new String(line.text(), StandardCharsets.UTF_8));
        }
        return texts;
    }
}
