package dev.koda.server;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A range of IP addresses in CIDR notation; an IPv4 address written as IPv6 ({@code ::ffff:10.0.0.1}) is the IPv4 one. */
final class AddressRange {
    private static final List<AddressRange> LOOPBACK = List.of(parse("127.0.0.0/8"), parse("::1"));

    /** RFC 1918 and RFC 4193: what is routed inside one organisation only. */
    private static final List<AddressRange> PRIVATE =
            List.of(parse("10.0.0.0/8"), parse("172.16.0.0/12"), parse("192.168.0.0/16"), parse("fc00::/7"));

    private final byte[] network;
    private final int prefixBits;

    private AddressRange(byte[] network, int prefixBits) {
        this.network = network;
        this.prefixBits = prefixBits;
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or one address.
     *
     * @throws IllegalArgumentException if it is neither; names are never resolved
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        var network = bytesOf(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address or a range such as 10.0.0.0/8");
        }
        int most = network.length * 8;
        return new AddressRange(network, slash < 0 ? most : prefix(text, text.substring(slash + 1), most));
    }

    private static int prefix(String range, String text, int most) {
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("'" + range + "' needs 0 to " + most + " after the slash");
        }
        return Integer.parseInt(text);
    }

    /** The address in four or sixteen bytes, or null if the text is not a literal address. */
    static byte @Nullable [] bytesOf(String address) {
        if (address.isEmpty()) {
            return null;
        }
        int zone = address.indexOf('%');
        var bytes = NetUtil.createByteArrayFromIpAddressString(zone < 0 ? address : address.substring(0, zone));
        return bytes == null ? null : withoutMapping(bytes);
    }

    private static byte[] withoutMapping(byte[] bytes) {
        if (bytes.length != 16 || bytes[10] != -1 || bytes[11] != -1) {
            return bytes;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return bytes;
            }
        }
        return Arrays.copyOfRange(bytes, 12, 16);
    }

    /** True if the text is a literal address of this machine itself. */
    static boolean isLoopback(String address) {
        return contain(LOOPBACK, address);
    }

    /** True if the text is a literal address that only one organisation routes. */
    static boolean isPrivate(String address) {
        return contain(PRIVATE, address);
    }

    /** True if one of the ranges holds the address. */
    static boolean contain(List<AddressRange> ranges, String address) {
        var bytes = bytesOf(address);
        return bytes != null && ranges.stream().anyMatch(range -> range.contains(bytes));
    }

    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return NetUtil.bytesToIpAddress(network) + "/" + prefixBits;
    }
}
