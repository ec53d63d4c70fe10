package dev.koda.checks.settings;

import dev.koda.checks.settings.ComposeFile.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code ports} of a service, in the short form {@code [[ADDRESS:]PUBLISHED:]TARGET[/PROTOCOL]} and the long one,
 * ranges in both.
 */
final class ComposePorts {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
    /** More ports of one entry are those of calls or files, each for a moment: nothing to check one by one. */
    private static final int MOST_OF_A_RANGE = 8;

    private ComposePorts() {}

    static List<Port> of(ComposeNode ports) {
        var found = new ArrayList<Port>();
        for (var item : ports.items()) {
            if (item.isMap()) {
                longForm(item, found);
            } else {
                item.text().ifPresent(text -> shortForm(text, found));
            }
        }
        return found;
    }

    private static void longForm(ComposeNode item, List<Port> found) {
        var address = item.get("host_ip").text().orElse(null);
        var published = item.get("published").text().orElse("");
        var target = item.get("target").text().orElse("");
        add(address, published, target, item.get("protocol").text().orElse("tcp"), found);
    }

    private static void shortForm(String text, List<Port> found) {
        int slash = text.lastIndexOf('/');
        var protocol = slash < 0 ? "tcp" : text.substring(slash + 1);
        var rest = slash < 0 ? text : text.substring(0, slash);
        int beforeTarget = rest.lastIndexOf(':');
        var target = rest.substring(beforeTarget + 1);
        var host = beforeTarget < 0 ? "" : rest.substring(0, beforeTarget);
        int beforePublished = host.lastIndexOf(':');
        var published = host.substring(beforePublished + 1);
        var address = beforePublished < 0 ? "" : host.substring(0, beforePublished);
        if (published.endsWith("]") || published.indexOf('.') > 0) {
            address = host; // An address without a port, for which Docker picks one.
            published = "";
        }
        add(address, published, target, protocol, found);
    }

    private static void add(
            @Nullable String address, String published, String target, String protocol, List<Port> found) {
        var inside = range(target);
        if (inside.isEmpty()) {
            return;
        }
        var numbers = inside.get();
        var outside = range(published);
        boolean isKnown =
                outside.filter(some -> some.length() == numbers.length()).isPresent();
        for (int i = 0; i < Math.min(numbers.length(), MOST_OF_A_RANGE); i++) {
            int port = isKnown ? outside.get().first + i : 0;
            found.add(new Port(bare(address), port, numbers.first + i, protocol.toLowerCase(Locale.ROOT)));
        }
    }

    private static @Nullable String bare(@Nullable String address) {
        var text = address == null ? "" : address.replaceAll("[\\[\\]]", "").strip();
        return IpAddress.parse(text).isPresent() ? text : null;
    }

    private record Range(int first, int last) {
        int length() {
            return last - first + 1;
        }
    }

    @SuppressWarnings("NullAway") // A group that did not take part is null.
    private static Optional<Range> range(String text) {
        var matcher = RANGE.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        return first > 0 && first <= last && last <= 65535 ? Optional.of(new Range(first, last)) : Optional.empty();
    }
}
