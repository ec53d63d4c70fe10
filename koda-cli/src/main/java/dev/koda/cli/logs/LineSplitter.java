package dev.koda.cli.logs;

import java.util.Arrays;

/** Makes lines of bytes as they come. Of a line that is too long the beginning is kept. For one thread. */
final class LineSplitter {
    /** As much of a line is shown. */
    static final int LONGEST = 1 << 20;
    /** As much more is kept: a secret over the edge is seen whole, and what a collector puts between counts for nothing. */
    private static final int MARGIN = 64 << 10;

    private static final int USUAL = 64 << 10;

    private final Lines lines;
    private byte[] rest = new byte[USUAL];
    private int length;
    private boolean isCut;

    /** Takes lines. */
    @FunctionalInterface
    interface Lines {
        /** One line; the bytes are the caller's only during the call. */
        void line(byte[] bytes, int from, int to, boolean isCut);
    }

    LineSplitter(Lines lines) {
        this.lines = lines;
    }

    /** Takes what has been read. */
    void add(byte[] bytes, int count) {
        int from = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                end(bytes, from, i);
                from = i + 1;
            }
        }
        keep(bytes, from, count);
    }

    /** What came last is a line even if nothing ends it. */
    void finish() {
        if (length > 0) {
            end(rest, 0, 0);
        }
    }

    private void end(byte[] bytes, int from, int to) {
        if (length == 0 && to - from <= LONGEST + MARGIN) {
            emit(bytes, from, to);
            return;
        }
        keep(bytes, from, to);
        emit(rest, 0, length);
        length = 0;
        isCut = false;
        rest = rest.length > USUAL ? new byte[USUAL] : rest;
    }

    private void emit(byte[] bytes, int from, int to) {
        boolean hasReturn = to > from && bytes[to - 1] == '\r';
        lines.line(bytes, from, hasReturn ? to - 1 : to, isCut);
    }

    private void keep(byte[] bytes, int from, int to) {
        int room = LONGEST + MARGIN - length;
        int count = Math.min(to - from, room);
        isCut |= to - from > room;
        if (length + count > rest.length) {
            rest = Arrays.copyOf(rest, Math.min(LONGEST + MARGIN, Math.max(rest.length * 2, length + count)));
        }
        System.arraycopy(bytes, from, rest, length, count);
        length += count;
    }
}
