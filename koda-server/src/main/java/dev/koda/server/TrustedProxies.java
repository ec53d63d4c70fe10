package dev.koda.server;

import dev.koda.dashboard.http.Sender;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose word about the client's address counts ({@code KODA_TRUSTED_PROXIES}). Immutable.
 *
 * <p>{@code X-Forwarded-For} is read from its end: each trusted proxy vouches for the address before its own, and the
 * first that is not trusted is the client. What stands further left was written by the client and counts for nothing.
 */
public final class TrustedProxies {
    private static final List<String> FORWARDING =
            List.of("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via");

    private static final int LONGEST_USER = 100;

    private final List<AddressRange> ranges;
    private final boolean areUsersTold;

    private TrustedProxies(List<AddressRange> ranges, boolean areUsersTold) {
        this.ranges = List.copyOf(ranges);
        this.areUsersTold = areUsersTold;
    }

    /** Nobody is trusted: the client is who holds the connection. */
    public static TrustedProxies none() {
        return new TrustedProxies(List.of(), false);
    }

    /**
     * Reads a list such as {@code 127.0.0.1, 10.0.0.0/8, fd00::/8}, separated by commas or blanks.
     *
     * @throws IllegalArgumentException if an entry is not an address or a range; names are not resolved
     */
    public static TrustedProxies parse(String list) {
        var ranges = Arrays.stream(list.split("[,\\s]+", -1))
                .filter(entry -> !entry.isEmpty())
                .map(AddressRange::parse)
                .toList();
        return new TrustedProxies(ranges, false);
    }

    /** The same, if they also say in {@code X-Forwarded-User} which operator it is ({@code KODA_TRUSTED_PROXY_USERS}). */
    public TrustedProxies tellingUsers() {
        return new TrustedProxies(ranges, true);
    }

    /** Who sends a request, as far as somebody trusted vouches for it. */
    public Sender senderOf(HttpServerRequest request) {
        return senderOf(peerOf(request), request.isSSL(), request.headers());
    }

    Sender senderOf(String peer, boolean isTls, MultiMap headers) {
        boolean isTrusted = AddressRange.contain(ranges, peer);
        return new Sender(
                clientOf(peer, headers),
                isTls || (isTrusted && isSecure(headers)),
                AddressRange.isLoopback(peer) && !isForwarded(headers),
                isTrusted && areUsersTold ? userOf(headers) : null);
    }

    private static String peerOf(HttpServerRequest request) {
        var peer = request.remoteAddress();
        return peer == null || peer.hostAddress() == null ? "" : peer.hostAddress();
    }

    /** Of several hops all must be: what one of them says plainly, anybody there has read. */
    private static boolean isSecure(MultiMap headers) {
        var schemes = headers.getAll("X-Forwarded-Proto").stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
        return !schemes.isEmpty() && schemes.stream().allMatch("https"::equalsIgnoreCase);
    }

    private static @Nullable String userOf(MultiMap headers) {
        var users = headers.getAll("X-Forwarded-User");
        return users.size() == 1 && !users.get(0).isBlank() && users.get(0).length() <= LONGEST_USER
                ? users.get(0).strip()
                : null;
    }

    /** The address of the client as far as somebody trusted vouches for it; a literal address, or empty if unknown. */
    public String clientOf(HttpServerRequest request) {
        return clientOf(peerOf(request), request.headers());
    }

    String clientOf(String peer, MultiMap headers) {
        var client = peer;
        var hops = hops(headers);
        for (int i = hops.size() - 1; i >= 0 && AddressRange.contain(ranges, client); i--) {
            if (AddressRange.bytesOf(hops.get(i)) == null) {
                return client;
            }
            client = hops.get(i);
        }
        return client;
    }

    private static List<String> hops(MultiMap headers) {
        var hops = new ArrayList<String>();
        for (var value : headers.getAll("X-Forwarded-For")) {
            for (var hop : value.split(",", -1)) {
                hops.add(withoutPort(hop.strip()));
            }
        }
        return hops;
    }

    /** Some proxies append the port: {@code 10.0.0.1:4711}, {@code [2001:db8::1]:4711}. */
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }

    /** True if a proxy says that it passed the request on, whoever it is. */
    static boolean isForwarded(HttpServerRequest request) {
        return isForwarded(request.headers());
    }

    private static boolean isForwarded(MultiMap headers) {
        return FORWARDING.stream().anyMatch(headers::contains);
    }

    @Override
    public String toString() {
        return ranges.isEmpty() ? "none" : ranges.toString();
    }
}
