package dev.koda.server.metrics;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that a scrape is written into, used again for the next. Writing numbers and words allocates nothing. */
final class ScrapeBuffer extends OutputStream {
    private static final int SMALL = 64 * 1_024;
    private static final int LONGEST_NUMBER = 20;
    /** Below it, {@link Double#toString} writes no exponent. */
    private static final double PLAIN = 1e7;

    private static final double LEAST_PLAIN = 1e-3;
    private static final double FRACTIONS = 1_000;

    private byte[] bytes = new byte[SMALL];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    @Override
    public void write(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int from, int count) {
        room(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    void text(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                write(text.substring(i).getBytes(StandardCharsets.UTF_8));
                return;
            }
            bytes[length++] = (byte) c;
        }
    }

    @Override
    public void write(byte[] source) {
        write(source, 0, source.length);
    }

    /** With a backslash before what would end the line, or the quotes if there are any. */
    void escaped(String text, boolean isQuoted) {
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || c == '\n' || (isQuoted && c == '"')) {
                text(text.substring(done, i));
                write('\\');
                write(c == '\n' ? 'n' : c);
                done = i + 1;
            }
        }
        text(done == 0 ? text : text.substring(done));
    }

    void number(long value) {
        if (value < 0) {
            text(Long.toString(value));
            return;
        }
        room(LONGEST_NUMBER);
        int digits = digits(value);
        long left = value;
        for (int i = digits - 1; i >= 0; i--) {
            bytes[length + i] = (byte) ('0' + left % 10);
            left /= 10;
        }
        length += digits;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long left = value / 10; left > 0; left /= 10) {
            digits++;
        }
        return digits;
    }

    /** As {@link Double#toString} writes it, and infinity as Prometheus does. */
    void number(double value) {
        boolean isPlain = (value >= LEAST_PLAIN && value < PLAIN) || Double.doubleToRawLongBits(value) == 0;
        double thousandths = Math.rint(value * FRACTIONS);
        if (isPlain && thousandths / FRACTIONS == value) {
            decimal((long) thousandths);
        } else if (Double.isInfinite(value)) {
            text(value > 0 ? "+Inf" : "-Inf");
        } else {
            text(Double.toString(value));
        }
    }

    private void decimal(long thousandths) {
        number(thousandths / 1_000);
        write('.');
        int rest = (int) (thousandths % 1_000);
        write('0' + rest / 100);
        if (rest % 100 != 0) {
            write('0' + rest / 10 % 10);
            if (rest % 10 != 0) {
                write('0' + rest % 10);
            }
        }
    }
}
