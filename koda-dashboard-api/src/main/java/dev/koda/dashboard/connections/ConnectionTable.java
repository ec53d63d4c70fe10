package dev.koda.dashboard.connections;

import dev.koda.checks.sql.SqlNames;
import dev.koda.dashboard.connections.KodaConnection.Kind;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one of Koda's tables with those of its columns that there are: an older Koda, and a newer one, has others. Every
 * column is read as text, since Koda keeps truth as numbers and times as texts, and may change its mind.
 */
final class ConnectionTable {
    /** More connections than anybody looks at. */
    static final int MOST = 1_000;

    private final Kind kind;
    private final String schema;
    private final Set<String> columns;

    /** @param columns that can be read; without that of the key there is nothing to read */
    ConnectionTable(Kind kind, String schema, Set<String> columns) {
        this.kind = kind;
        this.schema = schema;
        this.columns = columns;
    }

    boolean isReadable() {
        return columns.contains(kind.keyColumn()) && (kind != Kind.AGENT || columns.contains("agent_id"));
    }

    /** What is configured, and not turned off. */
    String sql() {
        return "SELECT " + text(kind.keyColumn(), "key") + ", " + text("agent_id", "agent") + ", "
                + text(kind.methodColumn(), "method") + ", " + text("verified", "verified") + ", "
                + text("auth_expired", "expired") + ", " + text("last_error", "error") + ", "
                + text("last_verified_at", "verified_at") + " FROM " + SqlNames.quoted(schema) + "." + kind.table()
                + " WHERE true"
                + isSet("configured") + isSet("enabled") + " ORDER BY 1, 2 LIMIT " + MOST;
    }

    private String text(String column, String name) {
        return (columns.contains(column) ? column + "::text" : "NULL::text") + " AS " + name;
    }

    private String isSet(String column) {
        return columns.contains(column) ? " AND lower(" + column + "::text) IN ('1', 't', 'true')" : "";
    }

    KodaConnection connection(Row row) {
        return new KodaConnection(
                kind,
                kind == Kind.AGENT ? row.getString("agent") : null,
                orEmpty(row.getString("key")),
                orEmpty(row.getString("method")),
                isTrue(row.getString("verified")),
                isTrue(row.getString("expired")),
                orEmpty(row.getString("error")),
                time(row.getString("verified_at")));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static boolean isTrue(@Nullable String text) {
        return text != null && Set.of("1", "t", "true").contains(text.toLowerCase(Locale.ROOT));
    }

    /** Null for what is no time with an offset: what it means is not known then. */
    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null || text.isBlank()
                    ? null
                    : OffsetDateTime.parse(text.strip().replace(' ', 'T').replaceFirst("([+-]\\d\\d)$", "$1:00"))
                            .toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
