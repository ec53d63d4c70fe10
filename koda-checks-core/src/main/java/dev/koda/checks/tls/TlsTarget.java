package dev.koda.checks.tls;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server whose certificate is looked at.
 *
 * @param host a name or an address, without brackets: where the connection goes
 * @param port 1 to 65535
 * @param serverName the name that it is asked for and must be made out to; null for the host
 * @param isPostgres true if the connection begins with Postgres's question for TLS
 * @param isTrustAsked true if it must lead to a trusted authority and bear the name; false if that is asked elsewhere and
 *     only dates, keys, signatures and protocols count
 */
public record TlsTarget(String host, int port, @Nullable String serverName, boolean isPostgres, boolean isTrustAsked) {
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
        return new TlsTarget(host, port, null, false, true);
    }

    /**
     * A Postgres whose clients ask for TLS. Whether it is trusted is left to {@code postgres.tls}, which knows the
     * sslmode.
     */
    public static TlsTarget postgres(String host, int port) {
        return new TlsTarget(host, port, null, true, false);
    }

    /** The same, beginning with Postgres's question for TLS. */
    public TlsTarget askingLikePostgres() {
        return new TlsTarget(host, port, serverName, true, isTrustAsked);
    }

    /** The same, asked for another name than that of the host. */
    public TlsTarget named(String name) {
        return new TlsTarget(host, port, Objects.requireNonNull(name, "name"), isPostgres, isTrustAsked);
    }

    /** The name that it is asked for. */
    String name() {
        return serverName == null ? host : serverName;
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
