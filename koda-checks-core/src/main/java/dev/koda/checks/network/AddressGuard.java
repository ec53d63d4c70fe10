package dev.koda.checks.network;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which addresses no URL may lead to: those where a cloud tells any program on the machine its credentials, and the rest
 * of the link-local ranges. The address is looked at that the connection has, before the first byte of a request, so no
 * name can say one thing at first and another later; an address that stands in the URL is refused before a connection.
 *
 * <p>Ranges: 169.254.0.0/16 (RFC 3927), fe80::/10 (RFC 4291), also inside ::ffff:0:0/96, 64:ff9b::/96 (RFC 6052) and
 * 2002::/16 (RFC 3056); the metadata addresses of AWS over IPv6 (fd00:ec2::254), Alibaba (100.100.100.200), Azure
 * (168.63.129.16) and Oracle (192.0.0.192). Immutable.
 */
public final class AddressGuard {
    private static final Set<String> METADATA = Set.of("100.100.100.200", "168.63.129.16", "192.0.0.192");
    private static final byte[] METADATA_V6 = {
        (byte) 0xfd, 0x00, 0x0e, (byte) 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54
    };
    private static final byte[] MAPPED_64 = {0x00, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private final Predicate<InetAddress> refused;

    /** A guard of these addresses. */
    AddressGuard(Predicate<InetAddress> refused) {
        this.refused = refused;
    }

    /** Refuses what is listed above. */
    public static AddressGuard standard() {
        return new AddressGuard(AddressGuard::isLinkLocal);
    }

    /** Refuses nothing. */
    public static AddressGuard none() {
        return new AddressGuard(address -> false);
    }

    /** True if nobody may ask at this address. */
    boolean refuses(InetAddress address) {
        return refused.test(address);
    }

    /**
     * True if the host of a URL is an address that is refused; false for a name.
     *
     * @param host as {@link java.net.URI#getHost} gives it, an IPv6 address in brackets
     */
    boolean refusesHost(String host) {
        boolean isAddress = host.startsWith("[") || host.chars().allMatch(AddressGuard::isOfNumber);
        return isAddress && refusesAddress(host);
    }

    /** True if this address in figures is refused. */
    boolean refusesAddress(String address) {
        try {
            return refuses(InetAddress.getByName(address));
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }

    private static boolean isOfNumber(int letter) {
        return letter == '.' || (letter >= '0' && letter <= '9');
    }

    private static boolean isLinkLocal(InetAddress address) {
        return address.isLinkLocalAddress()
                || METADATA.contains(address.getHostAddress())
                || Arrays.equals(address.getAddress(), METADATA_V6)
                || embedded(address).stream().anyMatch(AddressGuard::isLinkLocal);
    }

    /** The IPv4 address that a translator would take out of it; the JDK itself takes it out of ::ffff:0:0/96. */
    private static List<InetAddress> embedded(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return List.of();
        }
        var bytes = address.getAddress();
        if (Arrays.equals(bytes, 0, MAPPED_64.length, MAPPED_64, 0, MAPPED_64.length)) {
            return List.of(v4(bytes, 12));
        }
        boolean isSixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        return isSixToFour ? List.of(v4(bytes, 2)) : List.of();
    }

    private static Inet4Address v4(byte[] bytes, int from) {
        try {
            return (Inet4Address) InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** Ends a request to such an address before it is sent. */
    static final class RefusedAddress extends Exception {
        RefusedAddress() {
            super("refused address", null, false, false);
        }
    }
}
