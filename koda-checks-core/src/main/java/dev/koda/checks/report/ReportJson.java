package dev.koda.checks.report;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Reason;
import dev.koda.checks.Report;
import dev.koda.checks.Service;
import dev.koda.checks.Skipped;
import dev.koda.checks.Status;
import dev.koda.checks.Summary;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The only place where a report becomes JSON: library, server and CLI give the same bytes for the same report, because
 * all of them call this. Described by {@code docs/schema/report-v1.json}; keys are only ever added.
 *
 * <p>Stateless and safe to use from any thread; nothing here blocks or fails, whatever the texts of the report hold.
 */
public final class ReportJson {
    /** The value of {@code schema} in every report. */
    public static final String SCHEMA = "koda.report/v1";

    private ReportJson() {}

    /** The whole report: one line of compact JSON that ends with a newline, UTF-8. */
    public static byte[] write(Report report) {
        return line(report, CheckJson.FULL);
    }

    /**
     * What two processes that see the same state write alike: without times, durations, ages, streaks, raw statuses and
     * observed values, and with {@code #} for each number in a message. One line that ends with a newline, UTF-8.
     */
    public static byte[] stable(Report report) {
        return line(report, CheckJson.STABLE);
    }

    /**
     * The anonymous body of the readiness probe: {@code {"status":"fail","ready":false,"reasons":["draining"]}}.
     *
     * <p>The reasons are the public words ({@link dev.koda.checks.CheckSpec#unavailable()}) of the results that fail
     * this report, each once and in the report's order; what fails open is not among them. While nothing but a first
     * evaluation is missing it is {@code starting} alone.
     *
     * @param withReasons false to tell strangers the status only; a body of a ready process has no reasons anyway
     */
    public static byte[] readiness(Report report, boolean withReasons) {
        return JsonOutput.bytes(json -> {
            json.startObject();
            json.text("status", report.status().wireName());
            json.flag("ready", report.ok());
            if (withReasons && !report.ok()) {
                reasons(json, reasonsOf(report));
            }
            json.endObject();
        });
    }

    /** The anonymous body of the liveness probe: {@code {"status":"pass"}}. */
    public static byte[] liveness(Report report) {
        return JsonOutput.bytes(json -> {
            json.startObject();
            json.text("status", report.status().wireName());
            json.endObject();
        });
    }

    private static void reasons(JsonOutput json, Collection<String> reasons) throws IOException {
        json.startArray("reasons");
        for (var reason : reasons) {
            json.text(reason);
        }
        json.endArray();
    }

    private static Set<String> reasonsOf(Report report) {
        var reasons = new LinkedHashSet<String>();
        boolean isStarting = false;
        for (var result : report.checks()) {
            if (!report.isFailedBy(result)) {
                continue;
            }
            if (Reason.PENDING.equals(result.reason())) {
                isStarting = true;
            } else {
                reasons.add(publicReason(result));
            }
        }
        return reasons.isEmpty() && isStarting ? Set.of("starting") : reasons;
    }

    private static String publicReason(CheckResult result) {
        return Reason.DRAINING.equals(result.reason())
                ? Reason.DRAINING.code()
                : result.spec().unavailable();
    }

    private static byte[] line(Report report, CheckJson checks) {
        return JsonOutput.line(json -> report(json, report, checks));
    }

    private static void report(JsonOutput json, Report report, CheckJson checks) throws IOException {
        json.startObject();
        json.text("schema", SCHEMA);
        json.text("suite", report.suite().name());
        json.flag("ok", report.ok());
        json.text("status", report.status().wireName());
        json.text("message", checks.message(report.message()));
        if (checks.isFull()) {
            json.time("generated_at", report.generatedAt());
            json.millis("took_ms", report.took());
        }
        service(json, report.service());
        summary(json, report.summary());
        json.startArray("checks");
        for (var result : report.checks()) {
            checks.write(json, result);
        }
        json.endArray();
        skipped(json, report.skipped());
        json.endObject();
    }

    private static void service(JsonOutput json, Service service) throws IOException {
        json.startObject("service");
        json.text("name", service.name());
        json.text("version", service.version());
        json.text("environment", service.environment());
        json.endObject();
    }

    private static void summary(JsonOutput json, Summary summary) throws IOException {
        json.startObject("summary");
        json.count(Status.PASS.wireName(), summary.pass());
        json.count(Status.WARN.wireName(), summary.warn());
        json.count(Status.FAIL.wireName(), summary.fail());
        json.count("not_run", summary.notRun());
        json.count("skipped", summary.skipped());
        json.endObject();
    }

    static void skipped(JsonOutput json, List<Skipped> all) throws IOException {
        json.startArray("skipped");
        for (var skipped : all) {
            json.startObject();
            json.text("id", skipped.id().name());
            json.text("instance", skipped.id().instance());
            json.text("why", skipped.why());
            json.endObject();
        }
        json.endArray();
    }
}
