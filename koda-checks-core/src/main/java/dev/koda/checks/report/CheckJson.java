package dev.koda.checks.report;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Observed;
import dev.koda.checks.Status;
import dev.koda.checks.Threshold;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One entry of a report's {@code checks}, as it is or without what differs from run to run. */
enum CheckJson {
    FULL,
    STABLE;

    /** A number with its sign, decimals and exponent: it becomes one mark, however long it is. */
    private static final Pattern NUMBER =
            Pattern.compile("(?:(?<![A-Za-z0-9])[-+])?\\d+(?:[.,]\\d+)*(?:[eE][-+]?\\d+(?![A-Za-z0-9]))?");

    boolean isFull() {
        return this == FULL;
    }

    String message(String text) {
        return isFull() ? text : NUMBER.matcher(text).replaceAll("#");
    }

    void write(JsonOutput json, CheckResult result) throws IOException {
        json.startObject();
        identity(json, result);
        var reason = result.reason();
        var rootCause = result.rootCause();
        json.text("reason", reason == null ? null : reason.code());
        json.text("root_cause", rootCause == null ? null : rootCause.toString());
        json.flag("critical", result.spec().critical());
        observed(json, result.outcome().observed());
        thresholds(json, result.outcome().thresholds());
        json.text("hint", result.outcome().hint());
        json.text(
                "command", result.status() == Status.PASS ? null : result.spec().command());
        json.text("docs", result.spec().docs());
        if (isFull()) {
            timing(json, result);
        }
        json.endObject();
    }

    private void identity(JsonOutput json, CheckResult result) throws IOException {
        json.text("id", result.id().name());
        json.text("instance", result.id().instance());
        json.text("category", result.spec().category().wireName());
        json.text("title", result.spec().title());
        json.flag("ok", result.status().isOk());
        json.text("status", result.status().wireName());
        json.text("message", message(result.message()));
    }

    private void observed(JsonOutput json, Map<String, Observed> observed) throws IOException {
        if (observed.isEmpty()) {
            return;
        }
        json.startObject("observed");
        for (var entry : observed.entrySet()) {
            json.startObject(entry.getKey());
            if (isFull()) {
                json.number("value", entry.getValue().value());
            }
            json.text("unit", entry.getValue().unit());
            json.endObject();
        }
        json.endObject();
    }

    private static void thresholds(JsonOutput json, List<Threshold> thresholds) throws IOException {
        if (thresholds.isEmpty()) {
            return;
        }
        json.startArray("thresholds");
        for (var threshold : thresholds) {
            json.startObject();
            json.text("of", threshold.of());
            json.text("direction", threshold.direction().wireName());
            json.text("unit", threshold.unit());
            json.number("warn", threshold.warn());
            json.number("fail", threshold.fail());
            json.endObject();
        }
        json.endArray();
    }

    private static void timing(JsonOutput json, CheckResult result) throws IOException {
        json.time("started_at", result.startedAt());
        json.millis("took_ms", result.took());
        json.millis("age_ms", result.age());
        json.time("since", result.since());
        json.count("streak", result.streak());
        json.text("raw_status", result.rawStatus().wireName());
    }
}
