package dev.koda.server.embedded;

import dev.koda.server.PortOwner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;

/** Listen ports on 127.0.0.1. */
final class LoopbackPorts {
    private LoopbackPorts() {}

    /** A port that nobody listens on now and that is none of these. */
    static int free(Set<Integer> others) throws IOException {
        while (true) {
            try (var socket = new ServerSocket(0, 1, loopback())) {
                if (!others.contains(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            }
        }
    }

    /**
     * Makes sure that the port can be listened on now.
     *
     * @param what whose port it is, such as {@code the embedded Postgres}
     * @param change how to choose another one
     */
    static void requireFree(int port, String what, String change) throws StartException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port), 1);
        } catch (IOException taken) {
            throw new StartException(
                    "port " + port + " of " + what + " is taken by "
                            + PortOwner.of(port).orElse("a process that this user may not see") + "; stop that, or "
                            + change,
                    taken);
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
