package dev.koda.cli.logs;

import java.io.IOException;

/** Reads the lines of a program until it ends. */
final class ChildLines {
    private static final int PART = 64 << 10;

    private ChildLines() {}

    /**
     * Reads all of them.
     *
     * @return its exit code
     */
    static int read(Child child, LineWriter writer, LineSplitter.Lines lines) {
        var splitter = new LineSplitter(lines);
        var part = new byte[PART];
        try (var output = child.output()) {
            for (int count = output.read(part); count >= 0; count = output.read(part)) {
                splitter.add(part, count);
                if (!writer.flush()) {
                    return 0;
                }
            }
        } catch (IOException killed) {
            // What it has said until then is all.
            return child.end();
        }
        splitter.finish();
        return child.end();
    }
}
