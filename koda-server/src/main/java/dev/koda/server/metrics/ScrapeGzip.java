package dev.koda.server.metrics;

import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compresses scrapes, and keeps what it needs for that: a new deflater a scrape would be a quarter megabyte each. */
final class ScrapeGzip {
    /** Magic number, deflate, no flags, no time, no hints, unknown system. */
    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final int BYTES_OF_INT = 4;

    /** Samples repeat themselves, so that the fastest level is nearly as small as the others. */
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);

    private final CRC32 checksum = new CRC32();
    private final byte[] piece = new byte[16 * 1_024];

    void pack(ScrapeBuffer source, ScrapeBuffer target) {
        target.write(HEAD);
        deflater.reset();
        deflater.setInput(source.array(), 0, source.length());
        deflater.finish();
        while (!deflater.finished()) {
            target.write(piece, 0, deflater.deflate(piece));
        }
        checksum.reset();
        checksum.update(source.array(), 0, source.length());
        littleEndian(target, (int) checksum.getValue());
        littleEndian(target, source.length());
    }

    private static void littleEndian(ScrapeBuffer target, int value) {
        for (int i = 0; i < BYTES_OF_INT; i++) {
            target.write(value >>> (Byte.SIZE * i));
        }
    }
}
