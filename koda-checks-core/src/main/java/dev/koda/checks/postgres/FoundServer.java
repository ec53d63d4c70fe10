package dev.koda.checks.postgres;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * Where a server is that is not where its name says: a container seen from outside its network, say.
 *
 * @param address to connect to, resolved or not needing to be
 * @param what it is, for people: {@code container koda-postgres-1}
 */
public record FoundServer(InetSocketAddress address, String what) {
    public FoundServer {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(what, "what");
    }

    /** Address and port as people write them. */
    String shown() {
        var host = address.getHostString();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
