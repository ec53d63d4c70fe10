package dev.koda.checks.network;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which addresses no URL may lead to: those where a cloud tells any program on the machine its credentials, and the rest
 * of the link-local ranges. The address is looked at that the connection has, before the first byte of a request, so no
 * name can say one thing at first and another later; an address that stands in the URL is refused before a connection.
 *
 * <p>Ranges: 169.254.0.0/16 (RFC 3927), fe80::/10 (RFC 4291), also inside ::ffff:0:0/96, 64:ff9b::/96 (RFC 6052),
 * 64:ff9b:1::/48 (RFC 8215) and 2002::/16 (RFC 3056); the metadata addresses of AWS over IPv6 (fd00:ec2::254, and
 * fd00:ec2::23 of its containers), Google (fd20:ce::254), Alibaba (100.100.100.200), Azure (168.63.129.16) and Oracle
 * (192.0.0.192, fd00:c1::a9fe:a9fe). Immutable.
 */
public final class AddressGuard {
    private static final Set<String> METADATA = Set.of("100.100.100.200", "168.63.129.16", "192.0.0.192");
    /** By their first eight bytes and their last two. */
    private static final Set<String> METADATA_V6 =
            Set.of("fd000ec200000000:0254", "fd000ec200000000:0023", "fd2000ce00000000:0254", "fd0000c100000000:a9fe");

    /** 64:ff9b::/96, and 64:ff9b:1::/48 with the address at its end. */
    private static final byte[] TRANSLATED = {0x00, 0x64, (byte) 0xff, (byte) 0x9b};

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
                || isMetadataV6(address.getAddress())
                || embedded(address).stream().anyMatch(AddressGuard::isLinkLocal);
    }

    private static boolean isMetadataV6(byte[] bytes) {
        if (bytes.length != 16) {
            return false;
        }
        var hex = HexFormat.of();
        boolean isShort = Arrays.equals(bytes, 8, 14, new byte[6], 0, 6);
        boolean isOfOracle = hex.formatHex(bytes, 12, 16).equals("a9fea9fe");
        return (isShort || isOfOracle)
                && METADATA_V6.contains(hex.formatHex(bytes, 0, 8) + ":" + hex.formatHex(bytes, 14, 16));
    }

    /** The IPv4 address that a translator would take out of it; the JDK itself takes it out of ::ffff:0:0/96. */
    private static List<InetAddress> embedded(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return List.of();
        }
        var bytes = address.getAddress();
        if (Arrays.equals(bytes, 0, TRANSLATED.length, TRANSLATED, 0, TRANSLATED.length)) {
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
        private static final long serialVersionUID = 1;

        /** A literal address; of the URL, or of the connection. */
        final String address;

        RefusedAddress(String address) {
            super("refused address", null, false, false);
            this.address = address;
        }
    }
}
