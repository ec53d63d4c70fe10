package dev.koda.checks.settings;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one Postgres connection string. */
final class DsnReader {
    private static final Pattern SCHEME = Pattern.compile("postgres(ql)?(\\+[a-z0-9_]+)?://(.*)", Pattern.DOTALL);
    private static final Pattern PAIR = Pattern.compile(
            "\\s*([a-z_]+)\\s*=\\s*('(?:[^'\\\\]|\\\\.)*+'|(?:[^\\s'\\\\]|\\\\.)*+)\\s*", Pattern.DOTALL);
    private static final int DEFAULT_PORT = 5432;

    private final Map<String, String> parts = new LinkedHashMap<>();

    Optional<PostgresDsn> read(String text) {
        try {
            var uri = SCHEME.matcher(text);
            if (uri.matches()) {
                uri(uri.group(3));
            } else {
                pairs(text);
            }
            return Optional.of(dsn());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void uri(String text) {
        int query = text.indexOf('?');
        var main = query < 0 ? text : text.substring(0, query);
        int slash = main.indexOf('/', Math.max(0, main.lastIndexOf('@')));
        var authority = slash < 0 ? main : main.substring(0, slash);
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            userInfo(authority.substring(0, at));
        }
        hosts(authority.substring(at + 1));
        if (slash >= 0) {
            put("dbname", decode(main.substring(slash + 1)));
        }
        if (query >= 0) {
            query(text.substring(query + 1));
        }
    }

    private void userInfo(String text) {
        int colon = text.indexOf(':');
        put("user", decode(colon < 0 ? text : text.substring(0, colon)));
        if (colon >= 0) {
            put("password", decode(text.substring(colon + 1)));
        }
    }

    private void hosts(String text) {
        var names = new ArrayList<String>();
        var ports = new ArrayList<String>();
        for (var host : text.split(",", -1)) {
            int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
            int nameEnd = end < 0 ? host.length() : end;
            names.add(decode(host.substring(0, nameEnd)));
            ports.add(nameEnd == host.length() ? "" : afterColon(host.substring(nameEnd)));
        }
        put("host", String.join(",", names));
        put("port", String.join(",", ports));
    }

    private static String afterColon(String text) {
        if (!text.startsWith(":")) {
            throw new IllegalArgumentException("port");
        }
        return text.substring(1);
    }

    private void query(String text) {
        for (var pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parts.put(
                        decode(pair.substring(0, equals)).toLowerCase(Locale.ROOT), decode(pair.substring(equals + 1)));
            } else if (!pair.isEmpty()) {
                throw new IllegalArgumentException("parameter");
            }
        }
    }

    private void pairs(String text) {
        var matcher = PAIR.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            var value = matcher.group(2);
            boolean isQuoted = value.length() > 1 && value.startsWith("'");
            var bare = isQuoted ? value.substring(1, value.length() - 1) : value;
            parts.put(matcher.group(1), bare.replaceAll("\\\\(.)", "$1"));
            end = matcher.end();
        }
        boolean isAboutServer = Stream.of("host", "hostaddr", "dbname", "user").anyMatch(parts::containsKey);
        if (end < text.length() || !isAboutServer) {
            throw new IllegalArgumentException("pairs");
        }
    }

    private PostgresDsn dsn() {
        var hosts = hostList(take("host"), take("port"), take("hostaddr"));
        var user = Optional.ofNullable(take("user")).orElse("postgres");
        var database = Optional.ofNullable(take("dbname")).orElse(user);
        var password = take("password");
        var sslMode = sslMode(take("sslmode"), take("ssl"));
        return new PostgresDsn(hosts, database, user, password == null ? null : Secret.of(password), sslMode, parts);
    }

    private static List<PostgresDsn.Host> hostList(
            @Nullable String host, @Nullable String port, @Nullable String address) {
        var names = Optional.ofNullable(host)
                .or(() -> Optional.ofNullable(address))
                .orElse("localhost")
                .split(",", -1);
        var ports = port == null ? new String[] {""} : port.split(",", -1);
        if (ports.length > 1 && ports.length != names.length) {
            throw new IllegalArgumentException("ports");
        }
        var hosts = new ArrayList<PostgresDsn.Host>();
        for (int i = 0; i < names.length; i++) {
            hosts.add(host(names[i], ports[Math.min(i, ports.length - 1)]));
        }
        return hosts;
    }

    private static PostgresDsn.Host host(String name, String port) {
        var bare = name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
        boolean isAddress = bare.indexOf(':') >= 0 || name.startsWith("[");
        if (bare.matches(".*[\\s\\p{Cntrl}@#?].*")
                || (isAddress && IpAddress.parse(bare).isEmpty())) {
            throw new IllegalArgumentException("host");
        }
        int number = port.isEmpty()
                ? DEFAULT_PORT
                : SettingType.PORT.parse(port).orElseThrow(() -> new IllegalArgumentException("port"));
        return new PostgresDsn.Host(bare.isEmpty() ? "localhost" : bare, number);
    }

    /** {@code ssl} is what drivers other than libpq call it. */
    private static PostgresDsn.SslMode sslMode(@Nullable String mode, @Nullable String ssl) {
        var word = mode != null ? mode : Optional.ofNullable(ssl).orElse("prefer");
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "disable", "false" -> PostgresDsn.SslMode.DISABLE;
            case "allow" -> PostgresDsn.SslMode.ALLOW;
            case "prefer" -> PostgresDsn.SslMode.PREFER;
            case "require", "true" -> PostgresDsn.SslMode.REQUIRE;
            case "verify-ca" -> PostgresDsn.SslMode.VERIFY_CA;
            case "verify-full" -> PostgresDsn.SslMode.VERIFY_FULL;
            default -> throw new IllegalArgumentException("sslmode");
        };
    }

    private @Nullable String take(String name) {
        var value = parts.remove(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private void put(String name, String value) {
        if (!value.isEmpty()) {
            parts.put(name, value);
        }
    }

    /** Percent-decodes; a {@code +} stands for itself. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var source = text.getBytes(StandardCharsets.UTF_8);
        var target = ByteBuffer.allocate(source.length);
        for (int i = 0; i < source.length; i++) {
            if (source[i] == '%') {
                if (i + 2 >= source.length) {
                    throw new IllegalArgumentException("percent");
                }
                target.put((byte) (digit(source[i + 1]) * 16 + digit(source[i + 2])));
                i += 2;
            } else {
                target.put(source[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(target.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("percent", e);
        }
    }

    private static int digit(byte hex) {
        int value = Character.digit(hex, 16);
        if (value < 0) {
            throw new IllegalArgumentException("percent");
        }
        return value;
    }
}
