package dev.koda.dashboard.operators;

import dev.koda.dashboard.http.Role;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The operators in the store. */
final class OperatorTable {
    /** The revoked ones grow in number for ever; the list shows the latest of them. */
    private static final int LISTED = 1_000;

    private static final String LIVE =
            "SELECT id, name, role, token_digest FROM koda_ops.operator WHERE revoked_at IS NULL";

    private static final String LIST = """
            SELECT name, role, created_at, created_by, revoked_at, revoked_by FROM koda_ops.operator
            ORDER BY revoked_at IS NOT NULL, revoked_at DESC, name LIMIT $1
            """;

    private static final String INSERT = """
            INSERT INTO koda_ops.operator (id, name, role, token_digest, created_by) VALUES ($1, $2, $3, $4, $5)
            """;

    private static final String REVOKE = """
            UPDATE koda_ops.operator SET revoked_at = clock_timestamp(), revoked_by = $2
            WHERE name = $1 AND revoked_at IS NULL
            """;

    private static final String IS_LIVE =
            "SELECT 1 FROM koda_ops.operator WHERE name = $1 AND revoked_at IS NULL LIMIT 1";

    private final OperationsStore store;

    OperatorTable(OperationsStore store) {
        this.store = store;
    }

    /** One who is not revoked, with the digest of the token. */
    record Entry(Operator operator, Buffer digest) {}

    /** All who are not revoked. */
    Future<List<Entry>> live() {
        return store.query(LIVE).map(rows -> {
            var entries = new ArrayList<Entry>(rows.size());
            for (var row : rows) {
                var role = Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT));
                var operator = new Operator(row.getUUID("id"), row.getString("name"), role);
                entries.add(new Entry(operator, row.getBuffer("token_digest")));
            }
            return entries;
        });
    }

    /** All, for people: who is revoked comes last. */
    Future<JsonArray> list() {
        return store.query(LIST, Tuple.of(LISTED)).map(rows -> {
            var all = new JsonArray();
            rows.forEach(row -> all.add(json(row)));
            return all;
        });
    }

    private static JsonObject json(Row row) {
        var json = new JsonObject()
                .put("name", row.getString("name"))
                .put("role", row.getString("role"))
                .put("created_at", stamp(row.getOffsetDateTime("created_at")))
                .put("created_by", row.getString("created_by"));
        var revokedAt = row.getOffsetDateTime("revoked_at");
        return revokedAt == null
                ? json
                : json.put("revoked_at", stamp(revokedAt)).put("revoked_by", row.getString("revoked_by"));
    }

    private static String stamp(OffsetDateTime time) {
        return time.withOffsetSameInstant(ZoneOffset.UTC).toInstant().toString();
    }

    Future<Boolean> isLive(String name) {
        return store.query(IS_LIVE, Tuple.of(name)).map(rows -> rows.size() > 0);
    }

    /** Fails as {@code DUPLICATE} if somebody of this name is not revoked. */
    Future<Void> add(Operator operator, byte[] digest, String by) {
        return store.query(
                        INSERT,
                        Tuple.of(operator.id(), operator.name(), operator.role().toString(), Buffer.buffer(digest), by))
                .mapEmpty();
    }

    /** False if nobody of this name was there to be revoked. */
    Future<Boolean> revoke(String name, String by) {
        return store.query(REVOKE, Tuple.of(name, by)).map(rows -> rows.rowCount() > 0);
    }
}
