package dev.koda.checks.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Report;
import dev.koda.checks.Suite;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HealthJsonTest {
    @Test
    void writesEachMeasurementOfACheckAsAComponentOfTheDraft() {
        assertThat(new String(HealthJson.write(SampleReports.warning()), UTF_8)).isEqualTo("""
                {"status":"warn","version":"0.1.0","serviceId":"koda","description":"doctor of koda",\
                "notes":["tls.certificate is skipped: no public https URL is configured",\
                "provider.key[openai] is skipped: no key is configured"],\
                "output":"1 of 2 checks needs attention","checks":{\
                "config.parse:responseTime":[{"componentId":"config.parse","componentType":"component",\
                "observedValue":3,"observedUnit":"ms","status":"pass","time":"2026-11-23T11:59:59.960Z",\
                "links":{"about":"docs/checks.md#config-parse"},"message":".env holds 42 settings",\
                "since":"2026-11-23T11:00:00.000Z","tookMs":3}],\
                "disk.space:free":[{"componentId":"disk.space[STATE_ROOT_DIR]","componentType":"system",\
                "observedValue":12.1,"observedUnit":"percent","status":"warn","time":"2026-11-23T11:59:59.960Z",\
                "output":"12.1 % free, limit 15 %","links":{"about":"docs/checks.md#disk-space"},\
                "message":"12.1 % free, limit 15 %","reason":"low_space","since":"2026-11-23T11:00:00.000Z",\
                "tookMs":3}],\
                "disk.space:free_bytes":[{"componentId":"disk.space[STATE_ROOT_DIR]","componentType":"system",\
                "observedValue":8123456789,"observedUnit":"bytes","status":"warn",\
                "time":"2026-11-23T11:59:59.960Z","output":"12.1 % free, limit 15 %",\
                "links":{"about":"docs/checks.md#disk-space"},"message":"12.1 % free, limit 15 %",\
                "reason":"low_space","since":"2026-11-23T11:00:00.000Z","tookMs":3}]}}
                """);
    }

    @Test
    void keepsTheInstancesOfOneIdUnderOneKey() throws IOException {
        var report = SampleReports.report(
                Suite.DOCTOR,
                SampleReports.result(CheckSpec.of("disk.inodes").instance("A"), Outcome.pass("fine")),
                SampleReports.result(CheckSpec.of("config.parse"), Outcome.pass("fine")),
                SampleReports.result(CheckSpec.of("disk.inodes").instance("B"), Outcome.fail("none left")));

        var checks = new ObjectMapper().readTree(HealthJson.write(report)).get("checks");

        assertThat(checks.get("disk.inodes:responseTime")).hasSize(2);
        assertThat(checks.at("/disk.inodes:responseTime/1/componentId").asText())
                .isEqualTo("disk.inodes[B]");
        assertThat(checks.at("/disk.inodes:responseTime/0/output").isMissingNode())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("dev.koda.checks.report.ReportSchemaTest#reportsOfEveryShape")
    void isWellFormedWhateverTheReportHolds(Report report) throws IOException {
        var json = new ObjectMapper().readTree(HealthJson.write(report));

        assertThat(json.get("status").asText()).isEqualTo(report.status().wireName());
    }
}
