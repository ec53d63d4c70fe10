package dev.koda.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;

/** Standard streams as picocli wants them; its texts are ASCII. */
final class Writers {
    private Writers() {}

    static PrintWriter of(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, UTF_8), true);
    }
}
