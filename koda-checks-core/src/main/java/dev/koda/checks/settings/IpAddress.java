package dev.koda.checks.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses written as numbers; names are never looked up. */
final class IpAddress {
    private static final Pattern V4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.|$)){4}(?<!\\.)");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private IpAddress() {}

    /** The address, brackets around it dropped; empty for a name. */
    static Optional<InetAddress> parse(String text) {
        var bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!V4.matcher(bare).matches() && !V6.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(bare)); // A number: nothing is looked up.
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    static boolean isAddressOrNetwork(String text) {
        int slash = text.indexOf('/');
        var address = parse(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty() || slash < 0) {
            return address.isPresent();
        }
        var prefix = text.substring(slash + 1);
        return prefix.matches("[0-9]{1,3}")
                && Integer.parseInt(prefix) <= address.get().getAddress().length * 8;
    }

    /** True for {@code localhost} and every address that stays on this machine. */
    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || parse(host).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    /** True for {@code 0.0.0.0} and {@code ::}. */
    static boolean isWildcard(String host) {
        return parse(host).map(InetAddress::isAnyLocalAddress).orElse(false);
    }
}
