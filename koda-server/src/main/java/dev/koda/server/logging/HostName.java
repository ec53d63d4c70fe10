package dev.koda.server.logging;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of the machine, which stands in every line and in every audit event as the node. */
public final class HostName {
    private HostName() {}

    /** As the machine calls itself; {@code localhost} if it does not know. May ask a name server, so not for an event loop. */
    public static String ofThisMachine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
