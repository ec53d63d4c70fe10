package dev.koda.cli.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Finds the last lines of a file without reading the others. */
final class FileTail {
    private static final int BLOCK = 64 << 10;

    private FileTail() {}

    /** The place where that many last lines begin; a last line without an end counts as one. */
    static long begin(FileChannel file, int lines) throws IOException {
        long size = file.size();
        if (lines == 0) {
            return size;
        }
        var block = ByteBuffer.allocate(BLOCK);
        int left = lines;
        for (long to = size; to > 0; to -= Math.min(to, BLOCK)) {
            long from = Math.max(0, to - BLOCK);
            block.clear().limit((int) (to - from));
            read(file, block, from);
            for (int i = (int) (to - from) - 1; i >= 0; i--) {
                boolean isEnd = block.get(i) == '\n' && from + i != size - 1;
                if (isEnd && --left == 0) {
                    return from + i + 1;
                }
            }
        }
        return 0;
    }

    private static void read(FileChannel file, ByteBuffer block, long from) throws IOException {
        int count = 0;
        while (block.hasRemaining() && count >= 0) {
            count = file.read(block, from + block.position());
        }
    }
}
