package dev.koda.checks.settings;

import dev.koda.checks.Status;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom to tell when a check goes wrong: an entry under {@code notify} of koda.yaml. Immutable; printing it shows neither
 * URL nor header, because both often are credentials.
 *
 * @param place where it stands
 * @param id unique in the file
 * @param url of the webhook
 * @param headers beside those that every notice has
 * @param body the JSON to send, with names such as {@code {{message}}} in it, or null for all that there is to tell
 * @param on which statuses are a problem
 * @param checks globs over ids; empty means all
 * @param reminder after how long a problem that lasts is told again; zero means never
 */
public record Notification(
        CustomCheck.Place place,
        String id,
        URI url,
        Map<String, String> headers,
        @Nullable String body,
        Set<Status> on,
        List<String> checks,
        Duration reminder) {
    public Notification {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(url, "url");
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        on = Set.copyOf(on);
        checks = List.copyOf(checks);
        Objects.requireNonNull(reminder, "reminder");
    }

    @Override
    public String toString() {
        return "notification " + id;
    }
}
