package dev.koda.cli.logs;

import java.io.PrintStream;
import java.nio.charset.Charset;

/** Standard output for many lines: what is written at once goes out together. For one thread. */
final class LineOutput {
    private static final int SIZE = 64 << 10;

    private final PrintStream stream;
    private final Charset charset;
    private final byte[] bytes = new byte[SIZE];
    private int length;
    private boolean isGone;

    LineOutput(PrintStream stream, Charset charset) {
        this.stream = stream;
        this.charset = charset;
    }

    /** A line as text. */
    void line(String text) {
        line(text.getBytes(charset));
    }

    /** A line as its bytes. */
    void line(byte[] text) {
        if (length + text.length + 1 > bytes.length) {
            flush();
            if (text.length + 1 > bytes.length) {
                stream.write(text, 0, text.length);
                stream.write('\n');
                return;
            }
        }
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        bytes[length++] = '\n';
    }

    /** Makes it visible; blocks while nobody takes it. */
    void flush() {
        if (length > 0) {
            stream.write(bytes, 0, length);
            length = 0;
        }
        isGone = stream.checkError();
    }

    /** True if nothing arrives any more. */
    boolean isGone() {
        return isGone;
    }
}
