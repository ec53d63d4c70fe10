package dev.koda.dashboard.audit;

import io.vertx.sqlclient.Row;
import java.util.HexFormat;

/**
 * A place in the log: right behind an event.
 *
 * @param seq the number of that event; 0 before the first one
 * @param hash its hash, as hexadecimal digits, by which a log is told from another one that has the same numbers
 */
record LogPlace(long seq, String hash) {
    /** Before the first event. */
    static final LogPlace ORIGIN = new LogPlace(0, HexFormat.of().formatHex(ChainLink.origin()));

    private static final int SHORT = 8;

    /** Of the columns {@code seq} and {@code hash}. */
    static LogPlace of(Row row) {
        return new LogPlace(
                row.getLong("seq"),
                HexFormat.of().formatHex(row.getBuffer("hash").getBytes()));
    }

    /** What a client comes back with. */
    String id() {
        return seq + "-" + hash.substring(0, SHORT);
    }

    /** True if this may be the place of an id with these digits. */
    boolean has(String digits) {
        return hash.startsWith(digits);
    }
}
