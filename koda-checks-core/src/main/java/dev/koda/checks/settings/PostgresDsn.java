package dev.koda.checks.settings;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Postgres connection string in parts, as libpq reads it
 * (<a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING">its rules</a>): a URI that
 * begins with {@code postgresql://} or {@code postgres://}, with a driver's name after a {@code +} too, or the form
 * {@code host=db dbname=koda user=koda}. Immutable; prints neither user nor password.
 *
 * @param hosts in the order in which they are tried, at least one; {@code localhost:5432} if none is named
 * @param database the user's name if none is named, else {@code postgres}
 * @param user {@code postgres} if none is named
 * @param password null if none is named
 * @param sslMode {@link SslMode#PREFER} if none is named
 * @param parameters the other parameters as they stand, such as {@code sslrootcert}; unmodifiable
 */
public record PostgresDsn(
        List<Host> hosts,
        String database,
        String user,
        @Nullable Secret password,
        SslMode sslMode,
        Map<String, String> parameters) {
    /**
     * Where a server listens.
     *
     * @param name a name or an address without brackets; a directory for a Unix socket, which begins with {@code /}
     * @param port 1 to 65535
     */
    public record Host(String name, int port) {
        public Host {
            Objects.requireNonNull(name, "name");
        }

        /** True if it is the directory of a Unix socket. */
        public boolean isSocket() {
            return name.startsWith("/") || name.startsWith("@");
        }

        @Override
        public String toString() {
            return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port;
        }
    }

    /**
     * The file with the authorities that sign the server's certificate; null for those of the system.
     *
     * @throws java.nio.file.InvalidPathException if {@code sslrootcert} is no path on this host
     */
    public @Nullable Path rootCertificate() {
        var root = parameters.get("sslrootcert");
        return root == null || root.equals("system") ? null : Path.of(root);
    }

    /** How much TLS is asked for. */
    public enum SslMode {
        DISABLE,
        ALLOW,
        PREFER,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL
    }

    public PostgresDsn {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("hosts must not be empty");
        }
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(sslMode, "sslMode");
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** The parts of a connection string; empty if it is none. Never throws. */
    public static Optional<PostgresDsn> parse(String text) {
        return new DsnReader().read(text.strip());
    }

    /** The first host. */
    public Host host() {
        return hosts.get(0);
    }

    /** Hosts and database only. */
    @Override
    public String toString() {
        return "postgresql://"
                + String.join(",", hosts.stream().map(Host::toString).toList()) + "/" + database;
    }
}
