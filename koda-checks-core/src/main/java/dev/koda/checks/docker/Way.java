package dev.koda.checks.docker;

import dev.koda.checks.json.Json;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;

/**
 * A way from this host to a container.
 *
 * @param address of this host, or of the container in one of its networks
 * @param port to connect to; of the container itself, 0 for whichever is asked for
 * @param containerPort the port inside that it leads to; 0 for all
 * @param gateway of the container's network; empty for a published port
 */
record Way(String address, int port, int containerPort, String gateway) {
    private static final int ALL = 0;

    /** Published ports first: they work wherever Docker does. */
    static List<Way> of(Json listed) {
        var ways = new ArrayList<Way>();
        listed.at("Ports").items().forEach(port -> published(port, ways));
        for (var one : listed.at("NetworkSettings", "Networks").fields().values()) {
            var gateway = one.at("Gateway").text().orElse("");
            one.at("IPAddress")
                    .text()
                    .filter(text -> isAddress(text) && isAddress(gateway))
                    .ifPresent(text -> ways.add(new Way(text, 0, ALL, gateway)));
        }
        return List.copyOf(ways);
    }

    private static void published(Json port, List<Way> ways) {
        var address = reachable(port.at("IP").text().orElse(""));
        int inside = number(port.at("PrivatePort"));
        int outside = number(port.at("PublicPort"));
        boolean isTcp = port.at("Type").text().orElse("").equals("tcp");
        if (isTcp && inside > 0 && outside > 0 && isAddress(address)) {
            ways.add(new Way(address, outside, inside, ""));
        }
    }

    private static int number(Json port) {
        return port.number()
                .filter(number -> number > 0 && number <= 65_535)
                .orElse(0L)
                .intValue();
    }

    /** Nothing of this is ever looked up. */
    private static boolean isAddress(String text) {
        return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
    }

    /** What is bound to every address is reached on loopback. */
    private static String reachable(String address) {
        return switch (address) {
            case "", "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            default -> address;
        };
    }

    boolean leadsTo(int wanted) {
        return containerPort == wanted || containerPort == ALL;
    }

    /**
     * True for a published port, and for a network whose gateway this host is: then its packets go straight to the
     * container. The gateway of a Docker in a virtual machine, or of a rootless one, is somewhere else. Blocks.
     */
    boolean isOpen() throws IOException {
        return gateway.isEmpty() || NetworkInterface.getByInetAddress(InetAddress.getByName(gateway)) != null;
    }

    InetSocketAddress to(int wanted) {
        return new InetSocketAddress(address, containerPort == ALL ? wanted : port);
    }
}
