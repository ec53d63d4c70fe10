package dev.koda.checks.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Report;
import dev.koda.checks.Scope;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenMetricsReportTest {
    /** The grammar of a line of the Prometheus text format: a comment, or name, labels and value without a time. */
    private static final Pattern LINE =
            Pattern.compile("# (TYPE \\w+ gauge|HELP \\w+ .+|EOF)|[a-z_]+(\\{[a-z]+=\"([^\"\\\\\\n]|\\\\[\\\\\"n])*\""
                    + "(,[a-z]+=\"([^\"\\\\\\n]|\\\\[\\\\\"n])*\")*})? -?[0-9.]+(E-?[0-9]+)?");

    @Test
    void writesOneGaugeForEachThingWorthAnAlert() {
        assertThat(text(SampleReports.warning())).isEqualTo("""
                # TYPE koda_report_status gauge
                # HELP koda_report_status Status of the report: 0 fail, 1 warn, 2 pass.
                koda_report_status{suite="doctor"} 1
                # TYPE koda_report_duration_seconds gauge
                # HELP koda_report_duration_seconds Time the report took.
                koda_report_duration_seconds{suite="doctor"} 0.212
                # TYPE koda_report_checks gauge
                # HELP koda_report_checks Checks of the report by status.
                koda_report_checks{suite="doctor",status="pass"} 1
                koda_report_checks{suite="doctor",status="warn"} 1
                koda_report_checks{suite="doctor",status="fail"} 0
                # TYPE koda_doctor_last_run_timestamp_seconds gauge
                # HELP koda_doctor_last_run_timestamp_seconds When the doctor last ran, in seconds since 1970.
                koda_doctor_last_run_timestamp_seconds 1795435200.000
                # TYPE koda_check_status gauge
                # HELP koda_check_status Status of the check: 0 fail, 1 warn, 2 pass.
                koda_check_status{check="config.parse",instance="",suite="doctor"} 2
                koda_check_status{check="disk.space",instance="STATE_ROOT_DIR",suite="doctor"} 1
                # TYPE koda_check_duration_seconds gauge
                # HELP koda_check_duration_seconds Time the last evaluation took.
                koda_check_duration_seconds{check="config.parse",instance="",suite="doctor"} 0.003
                koda_check_duration_seconds{check="disk.space",instance="STATE_ROOT_DIR",suite="doctor"} 0.003
                # TYPE koda_check_age_seconds gauge
                # HELP koda_check_age_seconds Age of the result in this report.
                koda_check_age_seconds{check="config.parse",instance="",suite="doctor"} 0.037
                koda_check_age_seconds{check="disk.space",instance="STATE_ROOT_DIR",suite="doctor"} 0.037
                # TYPE koda_check_observed gauge
                # HELP koda_check_observed Value that the check measured, in the unit of the label.
                koda_check_observed{check="disk.space",instance="STATE_ROOT_DIR",suite="doctor",name="free",unit="percent"} 12.1
                koda_check_observed{check="disk.space",instance="STATE_ROOT_DIR",suite="doctor",name="free_bytes",unit="bytes"} 8123456789
                # EOF
                """);
    }

    @ParameterizedTest
    @MethodSource("dev.koda.checks.report.ReportSchemaTest#reportsOfEveryShape")
    void writesOnlyLinesOfTheTextFormat(Report report) {
        assertThat(text(report)).endsWith("\n# EOF\n");
        assertThat(text(report).lines()).allMatch(line -> LINE.matcher(line).matches());
    }

    @Test
    void saysOfNoOtherSuiteThatItIsTheDoctor() {
        assertThat(text(SampleReports.notReady(Scope.LOCAL, false))).doesNotContain("koda_doctor_");
    }

    private static String text(Report report) {
        return new String(OpenMetricsReport.write(report), UTF_8);
    }
}
