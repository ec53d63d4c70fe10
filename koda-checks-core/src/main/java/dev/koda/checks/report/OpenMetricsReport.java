package dev.koda.checks.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;

/**
 * A report as text for a textfile collector, such as node_exporter's: gauges without time stamps, valid as OpenMetrics
 * 1.0 and as Prometheus text 0.0.4. Names, labels and values are those of the server's {@code /metrics}.
 *
 * <p>Stateless and safe to use from any thread. The collector wants the file renamed into place in one step.
 */
public final class OpenMetricsReport {
    private final StringBuilder text = new StringBuilder(4096);
    private final Report report;
    private final String suite;

    private OpenMetricsReport(Report report) {
        this.report = report;
        this.suite = "suite=\"" + report.suite().name() + '"';
    }

    /** The whole report, UTF-8, ending with the {@code # EOF} that OpenMetrics asks for. */
    public static byte[] write(Report report) {
        return new OpenMetricsReport(report).render().getBytes(UTF_8);
    }

    private String render() {
        whole();
        each(
                "koda_check_status",
                "Status of the check: 0 fail, 1 warn, 2 pass.",
                result -> Integer.toString(result.status().metricValue()));
        each("koda_check_duration_seconds", "Time the last evaluation took.", result -> seconds(result.took()));
        each("koda_check_age_seconds", "Age of the result in this report.", result -> seconds(result.age()));
        observed();
        return text.append("# EOF\n").toString();
    }

    private void whole() {
        family("koda_report_status", "Status of the report: 0 fail, 1 warn, 2 pass.");
        sample("koda_report_status", suite, Integer.toString(report.status().metricValue()));
        family("koda_report_duration_seconds", "Time the report took.");
        sample("koda_report_duration_seconds", suite, seconds(report.took()));
        family("koda_report_checks", "Checks of the report by status.");
        count(Status.PASS, report.summary().pass());
        count(Status.WARN, report.summary().warn());
        count(Status.FAIL, report.summary().fail());
        if (report.suite().equals(Suite.DOCTOR)) {
            family("koda_doctor_last_run_timestamp_seconds", "When the doctor last ran, in seconds since 1970.");
            var sinceEpoch = Duration.between(Instant.EPOCH, report.generatedAt());
            sample("koda_doctor_last_run_timestamp_seconds", "", seconds(sinceEpoch));
        }
    }

    private void count(Status status, int checks) {
        var labels = suite + ",status=\"" + status.wireName() + '"';
        sample("koda_report_checks", labels, Integer.toString(checks));
    }

    private void each(String name, String help, Function<CheckResult, String> value) {
        if (report.checks().isEmpty()) {
            return;
        }
        family(name, help);
        for (var result : report.checks()) {
            sample(name, labels(result), value.apply(result));
        }
    }

    private void observed() {
        boolean hasNone = report.checks().stream()
                .allMatch(result -> result.outcome().observed().isEmpty());
        if (hasNone) {
            return;
        }
        family("koda_check_observed", "Value that the check measured, in the unit of the label.");
        for (var result : report.checks()) {
            result.outcome().observed().forEach((name, observed) -> {
                var labels = labels(result) + ",name=" + quoted(name) + ",unit=" + quoted(observed.unit());
                sample("koda_check_observed", labels, observed.value().toString());
            });
        }
    }

    private String labels(CheckResult result) {
        var instance = result.id().instance();
        return "check=" + quoted(result.id().name()) + ",instance=" + quoted(instance == null ? "" : instance) + ','
                + suite;
    }

    private void family(String name, String help) {
        text.append("# TYPE ").append(name).append(" gauge\n");
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    }

    private void sample(String name, String labels, String value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(value).append('\n');
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /** Decimal seconds with milliseconds, whatever the locale. */
    private static String seconds(Duration duration) {
        long millis = JsonOutput.millis(duration);
        return millis / 1000 + "." + String.format(Locale.ROOT, "%03d", millis % 1000);
    }
}
