package dev.koda.dashboard.audit;

import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which events of a source have come in, by their keys: as far back as they are read again. */
final class ImportedKeys {
    private static final String SEEN = """
            SELECT coalesce(max(split_part(key, ':', 1)::bigint), 0) AS low FROM koda_ops.audit_import
            WHERE source = $1 AND imported_at < (
                SELECT max(imported_at) FROM koda_ops.audit_import WHERE source = $1
            ) - $2::bigint * interval '1 millisecond'
            """;

    private static final String NEWEST = """
            SELECT key FROM koda_ops.audit_import WHERE source = $1 AND strpos(key, ':') > 0
            ORDER BY split_part(key, ':', 1)::bigint DESC, imported_at DESC LIMIT 1
            """;

    private static final String IS_THERE = "SELECT 1 FROM koda_ops.audit_import WHERE source = $1 AND key = $2";

    private static final String NOTE = """
            INSERT INTO koda_ops.audit_import (source, key)
            SELECT $1, key FROM unnest($2::text[]) AS arrived (key)
            ON CONFLICT (source, key) DO NOTHING
            RETURNING key
            """;

    private static final String FORGET = """
            DELETE FROM koda_ops.audit_import
            WHERE source = $1 AND split_part(key, ':', 1)::bigint < $2 AND key <> $3
            """;

    private final OperationsStore store;
    private final String source;

    ImportedKeys(OperationsStore store, String source) {
        this.store = store;
        this.source = source;
    }

    /** The last number that came in so long before the last one of all; 0 if there is none. */
    Future<Long> before(Duration window) {
        return store.query(SEEN, Tuple.of(source, window.toMillis()))
                .map(rows -> rows.iterator().next().getLong("low"));
    }

    /** The key of the largest number; empty if there is none. */
    Future<String> newest() {
        return store.query(NEWEST, Tuple.of(source)).map(rows -> {
            var row = rows.iterator();
            return row.hasNext() ? row.next().getString("key") : "";
        });
    }

    /** False if a key that came in is not there any more, since the store was restored from an older state. */
    Future<Boolean> isThere(String key) {
        return key.isEmpty()
                ? Future.succeededFuture(true)
                : store.query(IS_THERE, Tuple.of(source, key)).map(rows -> rows.size() == 1);
    }

    /** Notes them as part of a transaction, and gives those of them that are new. */
    Future<Set<String>> note(SqlConnection connection, List<String> keys) {
        return connection
                .preparedQuery(NOTE)
                .execute(Tuple.of(source, (Object) keys.toArray(String[]::new)))
                .map(rows -> {
                    Set<String> fresh = new HashSet<>();
                    rows.forEach(row -> fresh.add(row.getString("key")));
                    return fresh;
                });
    }

    /** Forgets those of smaller numbers, but for one. */
    Future<Void> forget(long number, String keep) {
        return store.query(FORGET, Tuple.of(source, number, keep)).mapEmpty();
    }
}
