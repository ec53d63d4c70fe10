package dev.koda.checks.tls;

import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whom a certificate is made out to: its alternative names only, as RFC 9525 has it; the common name counts nowhere. */
final class Names {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private final List<String> dns = new ArrayList<>();
    private final List<byte[]> addresses = new ArrayList<>();

    private Names() {}

    static Names of(X509Certificate certificate) {
        var names = new Names();
        try {
            var all = certificate.getSubjectAlternativeNames();
            if (all != null) {
                all.forEach(name -> names.add((Integer) name.get(0), name.get(1)));
            }
        } catch (CertificateParsingException damaged) {
            // As one without names: no client would find any either.
        }
        return names;
    }

    private void add(int type, @Nullable Object value) {
        if (type == DNS) {
            dns.add(String.valueOf(value).toLowerCase(Locale.ROOT));
        }
        var bytes = type == ADDRESS ? NetUtil.createByteArrayFromIpAddressString(String.valueOf(value)) : null;
        if (bytes != null) {
            addresses.add(bytes);
        }
    }

    /** True if it is one of them; a {@code *} stands for one whole first label. */
    boolean include(String host) {
        var address = NetUtil.createByteArrayFromIpAddressString(host);
        if (address != null) {
            return addresses.stream().anyMatch(each -> Arrays.equals(each, address));
        }
        var name = host.toLowerCase(Locale.ROOT);
        var bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return dns.stream().anyMatch(pattern -> matches(pattern, bare));
    }

    private static boolean matches(String pattern, String name) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(name);
        }
        int firstDot = name.indexOf('.');
        var parent = pattern.substring(1);
        return firstDot > 0
                && parent.indexOf('.', 1) > 0
                && name.substring(firstDot).equals(parent);
    }

    /** At most three of them, for people. */
    @Override
    public String toString() {
        var texts = new ArrayList<>(dns);
        addresses.forEach(bytes -> texts.add(NetUtil.bytesToIpAddress(bytes)));
        if (texts.isEmpty()) {
            return "nobody";
        }
        var shown = String.join(", ", texts.subList(0, Math.min(3, texts.size())));
        return texts.size() > 3 ? shown + " and " + (texts.size() - 3) + " more" : shown;
    }
}
