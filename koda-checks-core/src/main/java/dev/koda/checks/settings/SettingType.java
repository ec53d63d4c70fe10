package dev.koda.checks.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a value must look like and what it becomes. Immutable.
 *
 * @param <T> the type of the value for code
 */
public final class SettingType<T> {
    private static final Set<String> YES = Set.of("true", "1", "yes", "on");
    private static final Set<String> NO = Set.of("false", "0", "no", "off");

    /** Any text, blanks around it dropped. */
    public static final SettingType<String> TEXT = new SettingType<>("a text", Optional::of);
    /** Any text, kept as it is. */
    public static final SettingType<Secret> SECRET =
            new SettingType<>("a secret", text -> Optional.of(Secret.of(text)));
    /** {@code true 1 yes on} or {@code false 0 no off}, as Koda reads it. */
    public static final SettingType<Boolean> BOOLEAN = new SettingType<>("true or false", SettingType::parseBoolean);
    /** 1 to 65535. */
    public static final SettingType<Integer> PORT =
            new SettingType<>("a port from 1 to 65535", text -> number(text, 1, 65_535));
    /** 0 to 2147483647. */
    public static final SettingType<Integer> COUNT =
            new SettingType<>("a whole number from 0", text -> number(text, 0, Integer.MAX_VALUE));
    /** {@code 250ms}, {@code 90s}, {@code 15m}, {@code 24h}, {@code 1h30m}, {@code 7d} or {@code 0}. */
    public static final SettingType<Duration> DURATION =
            new SettingType<>("a duration such as 250ms, 90s, 15m or 24h", Quantities::duration);
    /** A decimal number of seconds: Koda's own durations. */
    public static final SettingType<Duration> SECONDS = new SettingType<>("a number of seconds", Quantities::seconds);
    /** Bytes, with or without a unit such as {@code 512MiB} or {@code 10GB}. */
    public static final SettingType<Long> SIZE = new SettingType<>("a size such as 512MiB or 10GB", Quantities::size);
    /** An absolute {@code http} or {@code https} URL with a host. */
    public static final SettingType<URI> URL =
            new SettingType<>("an absolute URL that begins with http:// or https://", SettingType::parseUrl);
    /** Such URLs divided by commas. */
    public static final SettingType<List<URI>> URLS = new SettingType<>(
            "URLs that begin with http:// or https://, divided by commas", text -> each(text, SettingType::parseUrl));
    /** A path; whether it is absolute and exists is another question. */
    public static final SettingType<Path> PATH = new SettingType<>("a path", SettingType::parsePath);
    /** Paths divided by commas. */
    public static final SettingType<List<Path>> PATHS =
            new SettingType<>("paths divided by commas", text -> each(text, SettingType::parsePath));
    /** Texts divided by commas; empty ones dropped. */
    public static final SettingType<List<String>> LIST =
            new SettingType<>("texts divided by commas", text -> Optional.of(parts(text)));
    /** Addresses or networks in CIDR form, divided by commas. */
    public static final SettingType<List<String>> NETWORKS = new SettingType<>(
            "addresses or networks such as 10.0.0.0/8, divided by commas", SettingType::parseNetworks);
    /** A Postgres connection string; its password never prints. */
    public static final SettingType<PostgresDsn> POSTGRES_DSN = new SettingType<>(
            "a DSN such as postgresql://user@host:5432/database, with :password after the user", PostgresDsn::parse);

    private final String expected;
    private final Function<String, Optional<T>> parser;

    private SettingType(String expected, Function<String, Optional<T>> parser) {
        this.expected = expected;
        this.parser = parser;
    }

    /** One of the given words, without regard to case; the value is the word in lower case. */
    public static SettingType<String> oneOf(String... words) {
        var known = List.of(words);
        return new SettingType<>(
                "one of " + String.join(", ", words),
                text -> Optional.of(text.toLowerCase(Locale.ROOT)).filter(known::contains));
    }

    /** What is expected, for messages: {@code a port from 1 to 65535}. */
    public String expected() {
        return expected;
    }

    /** The value of a text that is not blank; empty if it is not as expected. Never throws. */
    public Optional<T> parse(String text) {
        Objects.requireNonNull(text, "text");
        return parser.apply(isSecret() ? text : text.strip());
    }

    /** True if the whole value is secret. */
    boolean isSecret() {
        return equals(SECRET) || equals(POSTGRES_DSN);
    }

    private static Optional<Boolean> parseBoolean(String text) {
        var word = text.toLowerCase(Locale.ROOT);
        if (YES.contains(word)) {
            return Optional.of(true);
        }
        return NO.contains(word) ? Optional.of(false) : Optional.empty();
    }

    private static Optional<Integer> number(String text, int least, int most) {
        if (!text.matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        long value = Long.parseLong(text);
        return value >= least && value <= most ? Optional.of((int) value) : Optional.empty();
    }

    private static Optional<URI> parseUrl(String text) {
        try {
            var url = new URI(text);
            var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            boolean isUsable = Set.of("http", "https").contains(scheme)
                    && url.getHost() != null
                    && url.getPort() != 0
                    && url.getPort() <= 65_535;
            return isUsable ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> parsePath(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static <T> Optional<List<T>> each(String text, Function<String, Optional<T>> parser) {
        var values = parts(text).stream().map(parser).toList();
        return values.stream().allMatch(Optional::isPresent)
                ? Optional.of(values.stream().map(Optional::orElseThrow).toList())
                : Optional.empty();
    }

    private static Optional<List<String>> parseNetworks(String text) {
        var networks = parts(text);
        return networks.stream().allMatch(IpAddress::isAddressOrNetwork) ? Optional.of(networks) : Optional.empty();
    }

    private static List<String> parts(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
