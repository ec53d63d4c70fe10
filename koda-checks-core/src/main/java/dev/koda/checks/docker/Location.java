package dev.koda.checks.docker;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where this host reaches a service of a compose project.
 *
 * @param kind what is known
 * @param container the container that is meant; empty if none is known
 * @param address where it is reached; null unless it is
 */
public record Location(
        Kind kind, String container, @Nullable InetSocketAddress address) {
    /** What Docker says. */
    public enum Kind {
        /** It runs, and this host reaches it at the address. */
        REACHED,
        /** It runs, but neither is its port published nor can this host reach its network. */
        INSIDE_ONLY,
        /** Its containers are there, and none runs. */
        STOPPED,
        /** This user may not ask Docker. */
        NOT_ALLOWED,
        /** There is no Docker, it gives no answer, or it has no such container. */
        UNKNOWN
    }

    static Location of(Kind kind) {
        return new Location(kind, "", null);
    }

    static Location of(Kind kind, Listed container) {
        return new Location(kind, container.name(), null);
    }
}
