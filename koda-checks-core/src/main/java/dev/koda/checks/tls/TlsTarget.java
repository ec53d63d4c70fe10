package dev.koda.checks.tls;

import java.util.Objects;

/**
 * A server whose certificate is looked at.
 *
 * @param host a name or an address, without brackets
 * @param port 1 to 65535
 * @param isPostgres true if the connection begins with Postgres's question for TLS; whether such a server is trusted is
 *     then left to {@code postgres.tls}, which knows the sslmode
 */
public record TlsTarget(String host, int port, boolean isPostgres) {
    public TlsTarget {
        Objects.requireNonNull(host, "host");
        if (host.isBlank() || host.startsWith("[")) {
            throw new IllegalArgumentException("the host must be a name or an address without brackets");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port must be 1 to 65535, not " + port);
        }
    }

    /** A server that speaks TLS from the first byte on. */
    public static TlsTarget of(String host, int port) {
        return new TlsTarget(host, port, false);
    }

    /** A Postgres whose clients ask for TLS. */
    public static TlsTarget postgres(String host, int port) {
        return new TlsTarget(host, port, true);
    }

    /** The instance of its check, such as {@code koda.example.com:443}. */
    public String instance() {
        return host + ":" + port;
    }

    /** What messages call it. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
