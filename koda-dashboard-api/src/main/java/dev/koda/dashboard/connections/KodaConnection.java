package dev.koda.dashboard.connections;

import dev.koda.checks.CheckId;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that is connected to Koda, with what Koda noted of its last verification.
 *
 * @param kind in which table it stands
 * @param agent whose it is; null for one of all agents
 * @param key Koda's name of it: {@code claude}, {@code core:git}
 * @param method how it proves itself, such as {@code api_key}; empty if that is not known
 * @param isVerified what the last verification found
 * @param isExpired true if it found that a credential is not accepted
 * @param error what it quoted: foreign text, not to be shown; empty if it found none
 * @param verifiedAt when it was; null if that is not known
 */
public record KodaConnection(
        Kind kind,
        @Nullable String agent,
        String key,
        String method,
        boolean isVerified,
        boolean isExpired,
        String error,
        @Nullable Instant verifiedAt) {
    /** Which table tells of it. */
    public enum Kind {
        PROVIDER("cp_provider_connections", "provider_id", "auth_mode"),
        DEFAULT("cp_connection_defaults", "connection_key", "auth_method"),
        AGENT("cp_agent_connections", "connection_key", "auth_method");

        private final String table;
        private final String keyColumn;
        private final String methodColumn;

        Kind(String table, String keyColumn, String methodColumn) {
            this.table = table;
            this.keyColumn = keyColumn;
            this.methodColumn = methodColumn;
        }

        String table() {
            return table;
        }

        String keyColumn() {
            return keyColumn;
        }

        String methodColumn() {
            return methodColumn;
        }

        /** What an integration of this table is. */
        @Override
        public String toString() {
            return this == PROVIDER ? name().toLowerCase(Locale.ROOT) : "connection";
        }
    }

    public KodaConnection {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(error, "error");
    }

    /**
     * The id of its check: that of the provider's key, as it has without these tables, or {@code koda.connection}.
     *
     * @throws IllegalArgumentException if its names are no part of an id
     */
    public CheckId id() {
        return kind == Kind.PROVIDER
                ? new CheckId("provider.key", key)
                : new CheckId("koda.connection", agent == null ? key : agent + "/" + key);
    }

    /** All that decides what is verified, without what was found: for telling whether it has changed. */
    public String configuration() {
        return String.join("\n", kind.table(), String.valueOf(agent), key, method);
    }
}
