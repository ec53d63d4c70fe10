package dev.koda.checks.settings;

import dev.koda.checks.settings.CheckKind.Expect;
import dev.koda.checks.settings.CheckKind.Statuses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code http} of one check of a koda.yaml. */
final class HttpReader {
    static final List<String> KEYS = List.of("url", "method", "headers", "body", "redirects", "expect");
    static final List<String> EXPECT = List.of("status", "headers", "contains", "matches", "json");
    static final List<String> METHODS = List.of("GET", "HEAD", "POST");

    private static final int MOST_REDIRECTS = 10;
    private static final List<Statuses> SUCCESS = List.of(new Statuses(200, 299));
    private static final Pattern STATUSES = Pattern.compile("([1-5]\\d\\d)(?:\\s*-\\s*([1-5]\\d\\d))?");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");
    private static final Pattern POINTER = Pattern.compile("(/([^~]|~[01])*)?");

    private final YamlReader yaml;

    HttpReader(YamlReader yaml) {
        this.yaml = yaml;
    }

    @Nullable
    CheckKind read(Node node) {
        var values = yaml.values(node, "http", "a url", KEYS);
        var urlNode = values.get("url");
        if (urlNode == null) {
            yaml.problem(node, "http has no url");
        }
        var url = urlNode == null ? null : yaml.typed(urlNode, "url", SettingType.URL);
        if (url != null) {
            yaml.secret("url", url.toString());
        }
        var method = method(values.get("method"));
        var headers = secretHeaders(values.get("headers"));
        var bodyNode = values.get("body");
        var body = bodyNode == null ? null : yaml.scalar(bodyNode, "body");
        if (bodyNode != null && !method.equals("POST")) {
            yaml.problem(bodyNode, "only a POST has a body");
        }
        int redirects = redirects(values.get("redirects"), method);
        var expect = expect(values.get("expect"));
        return url == null ? null : new CheckKind.Http(url, method, headers, body, redirects, expect);
    }

    private String method(@Nullable Node node) {
        var word = node == null ? null : yaml.word(node, "method");
        var method = word == null ? "GET" : word.toUpperCase(Locale.ROOT);
        if (node != null && !METHODS.contains(method)) {
            yaml.unknown(node, "method", method, METHODS);
        }
        return method;
    }

    /** Headers that are sent, so that a credential among them becomes known as a secret. */
    Map<String, String> secretHeaders(@Nullable Node node) {
        var headers = headers(node);
        headers.forEach(this::secretHeader);
        return headers;
    }

    private Map<String, String> headers(@Nullable Node node) {
        if (node == null) {
            return Map.of();
        }
        var headers = yaml.texts(node, "headers", "names with texts");
        headers.forEach((name, value) -> {
            boolean isUsable = HEADER_NAME.matcher(name).matches()
                    && HEADER_VALUE.matcher(value).matches();
            if (!isUsable) {
                yaml.problem(node, "headers must be names such as Accept with a text on one line");
            }
        });
        return headers;
    }

    /** With its scheme, such as Bearer, and without. */
    private void secretHeader(String name, String value) {
        boolean isCredential =
                List.of("authorization", "proxy-authorization", "cookie").contains(name.toLowerCase(Locale.ROOT));
        var secretName = isCredential ? "HEADER_TOKEN" : name.replace('-', '_');
        yaml.secret(secretName, value);
        yaml.secret(secretName, value.substring(value.indexOf(' ') + 1));
    }

    private int redirects(@Nullable Node node, String method) {
        var number = node == null ? null : yaml.typed(node, "redirects", SettingType.COUNT);
        if (node == null || number == null) {
            return 0;
        }
        if (number > MOST_REDIRECTS || (number > 0 && method.equals("POST"))) {
            yaml.problem(node, "redirects must be from 0 to " + MOST_REDIRECTS + ", and 0 with a POST");
        }
        return number;
    }

    private Expect expect(@Nullable Node node) {
        if (!(node instanceof MappingNode)) {
            return new Expect(statuses(node), Map.of(), null, null, Map.of());
        }
        var values = yaml.values(node, "expect", "a status or more", EXPECT);
        var contains = values.get("contains");
        return new Expect(
                statuses(values.get("status")),
                headers(values.get("headers")),
                contains == null ? null : yaml.scalar(contains, "contains"),
                pattern(values.get("matches")),
                json(values.get("json")));
    }

    private List<Statuses> statuses(@Nullable Node node) {
        if (node == null) {
            return SUCCESS;
        }
        var found = new ArrayList<Statuses>();
        for (var word : yaml.words(node, "a status")) {
            range(word.strip())
                    .ifPresentOrElse(
                            found::add,
                            () -> yaml.problem(
                                    node, "a status must be a number such as 200 or a range such as 200-299"));
        }
        if (found.isEmpty()) {
            yaml.problem(node, "at least one status must be expected");
        }
        return found;
    }

    @SuppressWarnings("NullAway") // A group that did not take part is null.
    private static Optional<Statuses> range(String word) {
        var matcher = STATUSES.matcher(word);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        return Optional.of(new Statuses(first, last)).filter(statuses -> first <= last);
    }

    private @Nullable Pattern pattern(@Nullable Node node) {
        var text = node == null ? null : yaml.scalar(node, "matches");
        if (node == null || text == null) {
            return null;
        }
        try {
            return Pattern.compile(text, Pattern.MULTILINE);
        } catch (PatternSyntaxException e) {
            yaml.problem(node, "matches is no pattern: " + e.getDescription() + " near index " + e.getIndex());
            return null;
        }
    }

    private Map<String, String> json(@Nullable Node node) {
        if (node == null) {
            return Map.of();
        }
        var values = new LinkedHashMap<>(yaml.texts(node, "json", "pointers with values, such as {/status: pass}"));
        values.keySet().stream()
                .filter(pointer -> !POINTER.matcher(pointer).matches())
                .forEach(pointer -> yaml.problem(node, "json must hold pointers such as /status or /workers/0/ready"));
        return values;
    }
}
