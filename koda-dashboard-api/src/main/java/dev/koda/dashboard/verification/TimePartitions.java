package dev.koda.dashboard.verification;

import dev.koda.dashboard.store.Fenced;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The partitions of a table by time: made ahead, and dropped when all of it is older than the table remembers. What comes
 * before its partition is made goes to the one for everything else, and moves when it is.
 *
 * @param table its name
 * @param column the one that it is divided by
 * @param days how wide a partition is; they are counted from 1970
 * @param keeps for how many days a row is remembered at least
 */
record TimePartitions(String table, String column, int days, int keeps) {
    /** Enough for a store that nobody tends for a while. */
    private static final int AHEAD = 3;

    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;

    private static final String NAMES = """
            SELECT c.relname AS name
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = $1::text::regclass
            """;

    /** The results, and their roll-ups. */
    static final List<TimePartitions> ALL = List.of(
            new TimePartitions("verification", "started_at", 1, 7),
            new TimePartitions("rollup_5m", "bucket", 7, 90),
            new TimePartitions("rollup_1h", "bucket", 28, 400),
            new TimePartitions("rollup_1d", "bucket", 140, 400));

    /** How long a result is remembered at least. */
    static final Duration RESULTS = Duration.ofDays(ALL.get(0).keeps);

    /** How long the roll-ups of five minutes are remembered at least. */
    static final Duration FINE = Duration.ofDays(ALL.get(1).keeps);

    /**
     * Makes what is missing and drops what is over, as the holder of a lease.
     *
     * @param now by the clock of the database, so that a server whose clock is wrong drops nothing
     */
    Future<Void> tend(OperationsStore store, Leases leases, Lease lease, Instant now) {
        return store.query(NAMES, Tuple.of("koda_ops." + table)).compose(rows -> {
            var there = new HashSet<String>();
            rows.forEach(row -> there.add(row.getString("name")));
            Future<Void> all = Future.succeededFuture();
            for (var statements : missing(there, now)) {
                all = all.compose(done -> Fenced.run(store, leases, lease, statements));
            }
            for (var name : over(there, now)) {
                all = all.compose(done -> Fenced.run(store, leases, lease, List.of("DROP TABLE koda_ops." + name)));
            }
            return all;
        });
    }

    private List<List<String>> missing(Set<String> there, Instant now) {
        var missing = new ArrayList<List<String>>();
        for (int i = 0; i <= AHEAD; i++) {
            var first = first(now).plusDays((long) i * days);
            if (!there.contains(name(first))) {
                missing.add(making(first));
            }
        }
        return missing;
    }

    private LocalDate first(Instant now) {
        long day = now.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
        return LocalDate.ofEpochDay(day - Math.floorMod(day, days));
    }

    private String name(LocalDate first) {
        return table + "_" + first.format(DATE);
    }

    private List<String> making(LocalDate first) {
        var name = name(first);
        var from = "'" + first + " 00:00:00+00'";
        var to = "'" + first.plusDays(days) + " 00:00:00+00'";
        return List.of(
                "CREATE TABLE koda_ops." + name + " (LIKE koda_ops." + table + " INCLUDING ALL)",
                "WITH deleted AS (DELETE FROM koda_ops." + table + "_default WHERE " + column + " >= " + from + " AND "
                        + column + " < " + to + " RETURNING *) INSERT INTO koda_ops." + name + " SELECT * FROM deleted",
                "ALTER TABLE koda_ops." + table + " ATTACH PARTITION koda_ops." + name + " FOR VALUES FROM (" + from
                        + ") TO (" + to + ")");
    }

    private List<String> over(Set<String> there, Instant now) {
        var oldest = now.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(keeps);
        return there.stream()
                .filter(name -> name.matches(table + "_[0-9]{8}"))
                .filter(name -> !LocalDate.parse(name.substring(table.length() + 1), DATE)
                        .plusDays(days)
                        .isAfter(oldest))
                .sorted()
                .toList();
    }
}
