package dev.koda.dashboard.store;

import io.vertx.pgclient.SslMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which Postgres the operations store is in. Prints no password.
 *
 * @param host a name or an address
 * @param port 1 to 65535
 * @param database the database that holds, or will hold, the schema {@code koda_ops}
 * @param user the role that serves; it owns the schema
 * @param password asked for before each connection, so that a rotated one is used at once; empty if there is none
 * @param sslMode what is asked of TLS
 * @param rootCertificate PEM file with the roots to trust; null for the JDK's own
 * @param connections how many connections are held at most
 * @param limit how long one statement or transaction may take, waiting for a connection included
 */
public record StoreOptions(
        String host,
        int port,
        String database,
        String user,
        Supplier<String> password,
        SslMode sslMode,
        @Nullable Path rootCertificate,
        int connections,
        Duration limit) {
    /** Enough for the sealer, the schedules and an incident's readers, and few beside the usual 100 of a server. */
    public static final int DEFAULT_CONNECTIONS = 6;

    /** Longer than any statement of ours takes, shorter than an operator's patience. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(5);

    public StoreOptions {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(sslMode, "sslMode");
        if (connections < 1) {
            throw new IllegalArgumentException("connections must be at least 1, not " + connections);
        }
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("limit must be positive, not " + limit);
        }
    }

    /** With sslmode prefer, the JDK's roots and the defaults above. */
    public static StoreOptions of(String host, int port, String database, String user, Supplier<String> password) {
        return new StoreOptions(
                host, port, database, user, password, SslMode.PREFER, null, DEFAULT_CONNECTIONS, DEFAULT_LIMIT);
    }

    /** The same with another demand on TLS. */
    public StoreOptions tls(SslMode mode, @Nullable Path roots) {
        return new StoreOptions(host, port, database, user, password, mode, roots, connections, limit);
    }

    /** The same with another number of connections. */
    public StoreOptions connections(int most) {
        return new StoreOptions(host, port, database, user, password, sslMode, rootCertificate, most, limit);
    }

    /** The same with another limit. */
    public StoreOptions limit(Duration longest) {
        return new StoreOptions(host, port, database, user, password, sslMode, rootCertificate, connections, longest);
    }

    /** Host, port and database. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port + "/" + database;
    }
}
