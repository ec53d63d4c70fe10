package dev.koda.server.metrics;

import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Compresses scrapes, and keeps what it needs for that: a new deflater a scrape would be a quarter megabyte each. */
final class ScrapeGzip {
    /** Magic number, deflate, no flags, no time, no hints, unknown system. */
    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final int BYTES_OF_INT = 4;

    /** Samples repeat themselves, so that the fastest level is nearly as small as the others. */
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);

    private final CRC32 checksum = new CRC32();
    private final byte[] piece = new byte[16 * 1_024];

    /** Whether an Accept-Encoding header takes gzip; not said means no. */
    static boolean isTakenBy(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        boolean isAnyTaken = false;
        for (var coding : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            var parts = coding.strip().split("\\s*;\\s*", -1);
            boolean isTaken = parts.length == 1 || ScrapeFormat.quality(parts[1].replaceFirst("^q\\s*=\\s*", "")) > 0;
            if (parts[0].equals("gzip") || parts[0].equals("x-gzip")) {
                return isTaken;
            }
            isAnyTaken |= parts[0].equals("*") && isTaken;
        }
        return isAnyTaken;
    }

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
