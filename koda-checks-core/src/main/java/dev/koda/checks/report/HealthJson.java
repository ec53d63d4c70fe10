package dev.koda.checks.report;

import dev.koda.checks.Category;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Observed;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A report as {@code application/health+json} (draft-inadarei-api-health-check-06), for tools that speak it.
 *
 * <p>Each check is a component, each of its observed values a measurement; a check without one shows how long it took.
 * Beside the draft's keys a component has {@code message}, {@code reason}, {@code rootCause}, {@code since} and
 * {@code tookMs} (section 4.10 of the draft allows more keys). Stateless and safe to use from any thread.
 */
public final class HealthJson {
    /** The media type of {@link #write}. */
    public static final String MEDIA_TYPE = "application/health+json";

    private HealthJson() {}

    /** The whole report: one line of compact JSON that ends with a newline, UTF-8. */
    public static byte[] write(Report report) {
        return JsonOutput.line(json -> {
            json.startObject();
            json.text("status", report.status().wireName());
            json.text("version", report.service().version());
            json.text("serviceId", report.service().name());
            json.text("description", report.suite() + " of " + report.service().name());
            if (!report.skipped().isEmpty()) {
                notes(json, report);
            }
            output(json, report.status(), report.message());
            checks(json, report);
            json.endObject();
        });
    }

    private record Component(CheckResult result, Observed observed) {}

    private static void notes(JsonOutput json, Report report) throws IOException {
        json.startArray("notes");
        for (var skipped : report.skipped()) {
            json.text(skipped.id() + " is skipped: " + skipped.why());
        }
        json.endArray();
    }

    private static void checks(JsonOutput json, Report report) throws IOException {
        json.startObject("checks");
        for (var entry : components(report).entrySet()) {
            json.startArray(entry.getKey());
            for (var component : entry.getValue()) {
                component(json, component.result, component.observed);
            }
            json.endArray();
        }
        json.endObject();
    }

    /** By {@code id:measurement}, in the report's order; the instances of an id share its keys. */
    private static Map<String, List<Component>> components(Report report) {
        var components = new LinkedHashMap<String, List<Component>>();
        for (var result : report.checks()) {
            var measurements = result.outcome().observed();
            if (measurements.isEmpty()) {
                measurements = Map.of("responseTime", new Observed(JsonOutput.millis(result.took()), "ms"));
            }
            measurements.forEach((name, observed) -> components
                    .computeIfAbsent(result.id().name() + ":" + name, key -> new ArrayList<>())
                    .add(new Component(result, observed)));
        }
        return components;
    }

    private static void component(JsonOutput json, CheckResult result, Observed observed) throws IOException {
        var reason = result.reason();
        var rootCause = result.rootCause();
        json.startObject();
        json.text("componentId", result.id().toString());
        json.text("componentType", componentType(result.spec().category()));
        json.number("observedValue", observed.value());
        json.text("observedUnit", observed.unit());
        json.text("status", result.status().wireName());
        json.time("time", result.startedAt());
        output(json, result.status(), result.message());
        links(json, result);
        json.text("message", result.message());
        json.text("reason", reason == null ? null : reason.code());
        json.text("rootCause", rootCause == null ? null : rootCause.toString());
        json.time("since", result.since());
        json.millis("tookMs", result.took());
        json.endObject();
    }

    /** Section 3.5 of the draft: left out when everything is as it should be. */
    private static void output(JsonOutput json, Status status, String message) throws IOException {
        json.text("output", status == Status.PASS ? null : message);
    }

    private static void links(JsonOutput json, CheckResult result) throws IOException {
        var docs = result.spec().docs();
        if (docs != null) {
            json.startObject("links");
            json.text("about", docs);
            json.endObject();
        }
    }

    private static String componentType(Category category) {
        return switch (category) {
            case POSTGRES, OBJECT_STORE -> "datastore";
            case DISK, RUNTIME, NETWORK, SYSTEM -> "system";
            case CONFIG, SECRETS, DASHBOARD, CONTROL_PLANE, PROVIDER, TLS, HARDENING, CUSTOM -> "component";
        };
    }
}
