package dev.koda.checks.report;

import dev.koda.checks.Category;
import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Report;
import dev.koda.checks.Service;
import dev.koda.checks.Skipped;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.Summary;
import dev.koda.checks.Threshold;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ReportJson#write} writes, for whoever shows the report of another process. Written again it is the
 * same, byte for byte; keys of a later version are left out.
 *
 * <p>Stateless and safe to use from any thread.
 */
public final class ReportReader {
    private ReportReader() {}

    /**
     * The report in these bytes. Its checks know what they said and cannot be run.
     *
     * @param json UTF-8
     * @throws IllegalArgumentException if it is no whole {@code koda.report/v1}; the text says what is wrong with it and
     *     holds no value of it
     */
    public static Report read(byte[] json) {
        var document = JsonTree.read(json);
        if (!document.findText("schema").filter(ReportJson.SCHEMA::equals).isPresent()) {
            throw new IllegalArgumentException("it is no " + ReportJson.SCHEMA);
        }
        try {
            return report(document);
        } catch (DateTimeException notATime) {
            throw new IllegalArgumentException("one of its times is not of RFC 3339");
        }
    }

    private static Report report(JsonTree document) {
        var checks =
                document.objects("checks").stream().map(ReportReader::result).toList();
        var skipped = document.objects("skipped").stream()
                .map(entry -> new Skipped(id(entry), entry.text("why")))
                .toList();
        return new Report(
                new Suite(document.text("suite")),
                service(document.object("service")),
                status(document, "status"),
                Instant.parse(document.text("generated_at")),
                millis(document, "took_ms"),
                summary(document.object("summary")),
                checks,
                skipped);
    }

    private static Service service(JsonTree service) {
        return new Service(
                service.text("name"),
                service.findText("version").orElse(null),
                service.findText("environment").orElse(null));
    }

    private static Summary summary(JsonTree summary) {
        return new Summary(
                summary.number("pass").intValue(),
                summary.number("warn").intValue(),
                summary.number("fail").intValue(),
                summary.number("not_run").intValue(),
                summary.number("skipped").intValue());
    }

    private static CheckResult result(JsonTree entry) {
        var outcome = outcome(entry);
        return new CheckResult(
                spec(entry, outcome),
                status(entry, "status"),
                outcome.status(),
                outcome,
                Instant.parse(entry.text("started_at")),
                millis(entry, "took_ms"),
                millis(entry, "age_ms"),
                Instant.parse(entry.text("since")),
                entry.number("streak").intValue(),
                entry.findText("root_cause").map(ReportReader::printedId).orElse(null));
    }

    private static CheckSpec spec(JsonTree entry, Outcome outcome) {
        var id = id(entry);
        var spec = CheckSpec.of(id.name())
                .title(entry.text("title"))
                .category(category(entry))
                .in(Suite.DOCTOR);
        if (id.instance() != null) {
            spec.instance(id.instance());
        }
        if (!entry.flag("critical")) {
            spec.notCritical();
        }
        entry.findText("command").ifPresent(spec::command);
        entry.findText("docs").ifPresent(spec::docs);
        return spec.run(context -> CompletableFuture.completedFuture(outcome));
    }

    private static Outcome outcome(JsonTree entry) {
        var outcome = Outcome.of(status(entry, "raw_status"), entry.text("message"));
        var reason = entry.findText("reason");
        var hint = entry.findText("hint");
        outcome = reason.isPresent() ? outcome.reason(new Reason(reason.get())) : outcome;
        outcome = hint.isPresent() ? outcome.hint(hint.get()) : outcome;
        var observed = entry.findObject("observed");
        if (observed.isPresent()) {
            for (var name : observed.get().names()) {
                outcome = observed(outcome, name, observed.get().object(name));
            }
        }
        for (var threshold : entry.objects("thresholds")) {
            outcome = outcome.threshold(threshold(threshold));
        }
        return outcome;
    }

    private static Outcome observed(Outcome outcome, String name, JsonTree observed) {
        var value = observed.number("value");
        var unit = observed.text("unit");
        return value instanceof Long count
                ? outcome.observed(name, count.longValue(), unit)
                : outcome.observed(name, value.doubleValue(), unit);
    }

    private static Threshold threshold(JsonTree threshold) {
        var direction = Threshold.Direction.valueOf(threshold.text("direction").toUpperCase(Locale.ROOT));
        return new Threshold(
                threshold.text("of"),
                direction,
                threshold.text("unit"),
                limit(threshold, "warn"),
                limit(threshold, "fail"));
    }

    private static @Nullable Double limit(JsonTree threshold, String name) {
        return threshold.findNumber(name).map(Number::doubleValue).orElse(null);
    }

    private static Category category(JsonTree entry) {
        var word = entry.text("category");
        return Arrays.stream(Category.values())
                .filter(category -> category.wireName().equals(word))
                .findFirst()
                .orElse(Category.CUSTOM);
    }

    private static Status status(JsonTree entry, String name) {
        var word = entry.text(name);
        return Arrays.stream(Status.values())
                .filter(status -> status.wireName().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("its '" + name + "' is not pass, warn or fail"));
    }

    private static CheckId id(JsonTree entry) {
        return new CheckId(entry.text("id"), entry.findText("instance").orElse(null));
    }

    /** As {@link CheckId#toString()} prints it. */
    private static CheckId printedId(String text) {
        int begin = text.indexOf('[');
        return begin < 0
                ? CheckId.of(text)
                : new CheckId(text.substring(0, begin), text.substring(begin + 1, text.length() - 1));
    }

    private static Duration millis(JsonTree entry, String name) {
        return Duration.ofMillis(entry.number(name).longValue());
    }
}
