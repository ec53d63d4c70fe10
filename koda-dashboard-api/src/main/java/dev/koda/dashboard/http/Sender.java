package dev.koda.dashboard.http;

import io.netty.util.NetUtil;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, as far as the connection and trusted proxies vouch for it.
 *
 * @param address a literal address; empty if it is not known
 * @param isSecure whether it came over TLS, here or to a trusted proxy
 * @param isLocal whether it came from this machine, and from no proxy on it
 * @param user whom a trusted proxy has authenticated, if it is asked for that; null if nobody
 */
public record Sender(
        String address,
        boolean isSecure,
        boolean isLocal,
        @Nullable String user) {
    public Sender {
        Objects.requireNonNull(address, "address");
    }

    /** Over TLS or not, from elsewhere. */
    public static Sender remote(String address, boolean isSecure) {
        return new Sender(address, isSecure, false, null);
    }

    /** What one client may have: the address; of IPv6 the network of it, /64. */
    public String network() {
        var bytes = address.indexOf(':') < 0 || address.startsWith("::ffff:")
                ? null
                : NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null || bytes.length != 16) {
            return address;
        }
        return HexFormat.of().formatHex(bytes, 0, 8).replaceAll("(.{4})", "$1:") + ":/64";
    }

    /** From this machine. */
    public static Sender local() {
        return new Sender("127.0.0.1", false, true, null);
    }
}
