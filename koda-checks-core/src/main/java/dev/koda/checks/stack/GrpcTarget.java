package dev.koda.checks.stack;

import dev.koda.checks.network.HostPort;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a sidecar listens, as Koda's settings write it: {@code host:port}, also with gRPC's {@code dns:///} before it, or
 * the path of a socket, also with {@code unix:} before it. One of both is null.
 */
record GrpcTarget(@Nullable HostPort address, @Nullable Path socket) {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:dns:(?:///)?)?(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+)):([0-9]{1,5})");
    private static final Pattern SOCKET = Pattern.compile("(?:unix:(?://)?)?(/.+)");

    /** Empty if it is neither. */
    static Optional<GrpcTarget> parse(String text) {
        var socket = SOCKET.matcher(text);
        if (socket.matches()) {
            return path(socket.group(1)).map(path -> new GrpcTarget(null, path));
        }
        var address = ADDRESS.matcher(text);
        if (!address.matches()) {
            return Optional.empty();
        }
        var host = address.group(1) == null ? address.group(2) : address.group(1);
        int port = Integer.parseInt(address.group(3));
        return port >= 1 && port <= 65_535
                ? Optional.of(new GrpcTarget(new HostPort(host, port), null))
                : Optional.empty();
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }
}
