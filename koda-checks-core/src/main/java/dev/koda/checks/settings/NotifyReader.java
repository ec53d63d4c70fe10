package dev.koda.checks.settings;

import dev.koda.checks.Status;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code notify} of a koda.yaml. */
final class NotifyReader {
    static final List<String> KEYS = List.of("id", "url", "headers", "body", "on", "checks", "reminder");
    static final List<String> ON = List.of("warn", "fail");

    /** As often as Alertmanager repeats itself unless told otherwise (its repeat_interval). */
    static final Duration USUAL_REMINDER = Duration.ofHours(4);

    /** What is shorter is a name such as {@code /ops}, and would be cut out of texts that have nothing to do with it. */
    private static final int SHORTEST_TOKEN = 16;

    private static final Duration SHORTEST_REMINDER = Duration.ofMinutes(1);
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern GLOB = Pattern.compile("[a-z0-9.*-]+(\\[[^\\[\\]]*])?");

    private final YamlReader yaml;
    private final HttpReader http;
    private final Map<String, Notification> notifications = new LinkedHashMap<>();

    NotifyReader(YamlReader yaml) {
        this.yaml = yaml;
        http = new HttpReader(yaml);
    }

    List<Notification> notifications() {
        return List.copyOf(notifications.values());
    }

    void read(Node node) {
        yaml.items(node, "notify", "webhooks").forEach(this::entry);
    }

    private void entry(Node node) {
        var values = yaml.values(
                node, "an entry of notify", "an id and a url, such as {id: ops, url: \"${OPS_WEBHOOK_URL}\"}", KEYS);
        if (values.isEmpty()) {
            return;
        }
        var id = id(node, values.get("id"));
        var url = url(node, values.get("url"));
        var headers = http.secretHeaders(values.get("headers"));
        var bodyNode = values.get("body");
        var body = bodyNode == null ? null : yaml.word(bodyNode, "body");
        var on = on(values.get("on"));
        var checks = checks(values.get("checks"));
        var reminder = reminder(values.get("reminder"));
        if (id == null || url == null) {
            return;
        }
        var place = yaml.place(bodyNode == null ? node : bodyNode);
        var notification = new Notification(place, id, url, headers, body, on, checks, reminder);
        if (notifications.putIfAbsent(id, notification) != null) {
            yaml.problem(node, "there is another entry of notify with the id " + id);
        }
    }

    private @Nullable String id(Node entry, @Nullable Node node) {
        if (node == null) {
            yaml.problem(entry, "an entry of notify has no id");
            return null;
        }
        var id = yaml.word(node, "id");
        if (id != null && (id.length() > 40 || !ID.matcher(id).matches())) {
            yaml.problem(node, "id must be a short name such as ops-chat");
            return null;
        }
        return id;
    }

    /** The path of a webhook is what lets anybody write there. */
    private @Nullable URI url(Node entry, @Nullable Node node) {
        if (node == null) {
            yaml.problem(entry, "an entry of notify has no url");
            return null;
        }
        var url = yaml.typed(node, "url", SettingType.URL);
        if (url != null) {
            yaml.secret("url", url.toString());
            secretParts(url).forEach(part -> yaml.secret("WEBHOOK_TOKEN", part));
        }
        return url;
    }

    /** A receiver may answer with, and a proxy may log, a part of it only. */
    private static List<String> secretParts(URI url) {
        var parts = new ArrayList<String>();
        parts.add(Objects.requireNonNullElse(url.getRawPath(), ""));
        parts.addAll(List.of(parts.get(0).split("/", -1)));
        for (var pair : Objects.requireNonNullElse(url.getRawQuery(), "").split("&", -1)) {
            parts.add(pair.substring(pair.indexOf('=') + 1));
        }
        List.copyOf(parts).forEach(part -> parts.add(decoded(part)));
        return parts.stream()
                .filter(part -> part.length() >= SHORTEST_TOKEN)
                .distinct()
                .toList();
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return part;
        }
    }

    private Set<Status> on(@Nullable Node node) {
        var statuses = EnumSet.noneOf(Status.class);
        if (node == null) {
            return Set.of(Status.FAIL);
        }
        var words = yaml.words(node, "on");
        if (words.isEmpty()) {
            yaml.problem(node, "on must name warn or fail");
        }
        for (var word : words) {
            switch (word) {
                case "warn" -> statuses.addAll(Set.of(Status.WARN, Status.FAIL));
                case "fail" -> statuses.add(Status.FAIL);
                default -> yaml.unknown(node, "status", word, ON);
            }
        }
        return statuses;
    }

    private List<String> checks(@Nullable Node node) {
        if (node == null) {
            return List.of();
        }
        var globs = yaml.words(node, "checks");
        if (!globs.stream().allMatch(glob -> GLOB.matcher(glob).matches())) {
            yaml.problem(node, "checks must hold ids such as disk.space or postgres.*");
        }
        return globs;
    }

    private Duration reminder(@Nullable Node node) {
        var reminder = node == null ? null : yaml.typed(node, "reminder", SettingType.DURATION);
        if (node == null || reminder == null) {
            return USUAL_REMINDER;
        }
        boolean isUsable = reminder.isZero() || reminder.compareTo(SHORTEST_REMINDER) >= 0;
        if (!isUsable) {
            yaml.problem(node, "reminder must be a minute or longer, or 0 for none");
        }
        return reminder;
    }
}
