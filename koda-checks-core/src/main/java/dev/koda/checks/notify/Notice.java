package dev.koda.checks.notify;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Service;
import dev.koda.checks.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing to tell about one check.
 *
 * @param event why
 * @param result the check as it is now
 * @param before its status before, or null if nobody knows
 * @param began when the trouble began that this is about
 * @param at now
 */
record Notice(
        NoticeEvent event, CheckResult result, @Nullable Status before, Instant began, Instant at) {
    /** What a body can name. */
    static final List<String> FIELDS = List.of(
            "event",
            "check",
            "title",
            "status",
            "before",
            "reason",
            "message",
            "hint",
            "docs",
            "since",
            "lasted",
            "at",
            "id",
            "service",
            "environment",
            "version");

    CheckId check() {
        return result.id();
    }

    /** True if both are about the same trouble of the same check. */
    boolean isOfSame(Notice other) {
        return check().equals(other.check()) && began.equals(other.began);
    }

    /** By name, in the order of {@link #FIELDS}; an empty text for what there is not. */
    Map<String, String> fields(Service service) {
        var reason = result.reason();
        var values = new LinkedHashMap<String, String>();
        values.put("event", event.word());
        values.put("check", check().toString());
        values.put("title", result.spec().title());
        values.put("status", result.status().wireName());
        values.put("before", before == null ? "" : before.wireName());
        values.put("reason", reason == null ? "" : reason.code());
        values.put("message", result.message());
        values.put("hint", text(result.outcome().hint()));
        values.put("docs", text(result.spec().docs()));
        values.put("since", stamp(began));
        values.put("lasted", words(Duration.between(began, at)));
        values.put("at", stamp(at));
        values.put("id", check() + "@" + stamp(began));
        values.put("service", service.name());
        values.put("environment", text(service.environment()));
        values.put("version", text(service.version()));
        return values;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String stamp(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The two largest units, as a person says it. */
    private static String words(Duration duration) {
        var time = duration.isNegative() ? Duration.ZERO : duration;
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }
}
