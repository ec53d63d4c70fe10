package dev.koda.checks.meters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.testing.StubCheck;
import dev.koda.checks.testing.VirtualTime;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckMetersTest {
    private final VirtualTime time = new VirtualTime();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final CheckMeters meters = CheckMeters.in(registry);
    private final StubCheck disk = StubCheck.answering(Outcome.pass("61 % free"));
    private final StubCheck readiness =
            StubCheck.answering(Outcome.fail("refused").reason("connection_refused"));
    private final CheckEngine engine = CheckEngine.builder()
            .time(time)
            .listener(meters)
            .check(CheckSpec.of("disk.space")
                    .instance("STATE_ROOT_DIR")
                    .in(Suite.DOCTOR)
                    .run(disk))
            .check(CheckSpec.of("postgres.tcp")
                    .in(Suite.DOCTOR, Suite.READINESS)
                    .failClosed()
                    .run(readiness))
            .start();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void showsEachCheckOfEachSuiteAndEachSuite() throws IOException {
        time.advance(Duration.ofSeconds(3));
        meters.show(engine, Suite.READINESS, Suite.DOCTOR);

        assertThat(scrape())
                .contains("koda_check_status{check=\"disk.space\",instance=\"STATE_ROOT_DIR\",suite=\"doctor\"} 2.0")
                .contains("koda_check_status{check=\"postgres.tcp\",instance=\"\",suite=\"doctor\"} 0.0")
                .contains("koda_check_status{check=\"postgres.tcp\",instance=\"\",suite=\"readiness\"} 0.0")
                .contains("koda_report_status{suite=\"readiness\"} 0.0")
                .containsPattern("koda_check_duration_seconds\\{check=\"disk.space\".*} 0.0")
                .containsPattern("koda_check_age_seconds\\{check=\"disk.space\".*} [0-9.]+")
                .containsPattern("koda_doctor_last_run_timestamp_seconds [0-9.E]+");
    }

    @Test
    void aScrapeRunsNoCheck() throws IOException {
        time.advance(Duration.ofSeconds(1));
        meters.show(engine, Suite.READINESS, Suite.DOCTOR);
        int before = disk.runs() + readiness.runs();

        scrape();
        scrape();

        assertThat(disk.runs() + readiness.runs()).isEqualTo(before);
    }

    @Test
    void countsExecutionsByStatusAndReasonAndEachChangeOnce() throws IOException {
        time.advance(Duration.ofSeconds(1));
        readiness.answer(Outcome.pass("accepts"));
        time.advance(Duration.ofSeconds(5));

        assertThat(scrape())
                .contains("koda_check_executions_total{check=\"postgres.tcp\",instance=\"\","
                        + "reason=\"connection_refused\",status=\"fail\"} 1.0")
                .contains("koda_check_executions_total{check=\"postgres.tcp\",instance=\"\","
                        + "reason=\"\",status=\"pass\"} 1.0")
                .contains("koda_check_transitions_total{check=\"postgres.tcp\",instance=\"\",to=\"pass\"} 1.0")
                .doesNotContain("koda_check_transitions_total{check=\"disk.space\"");
    }

    @Test
    void countsReasonsBeyondTheHundredthAsOther() throws IOException {
        for (int i = 0; i < 150; i++) {
            disk.answer(Outcome.warn("odd").reason("reason_" + i));
            time.advance(Duration.ofMinutes(2));
        }

        assertThat(scrape())
                .contains("reason=\"reason_1\"")
                .contains("reason=\"other\"")
                .doesNotContain("reason_149");
        assertThat(scrape().lines().filter(line -> line.startsWith("koda_check_executions_total{")))
                .hasSizeLessThan(110);
    }

    @Test
    void leavesOutASuiteWithoutChecks() throws IOException {
        meters.show(engine, Suite.LIVENESS, Suite.DOCTOR);

        assertThat(scrape()).doesNotContain("liveness").contains("suite=\"doctor\"");
    }

    @Test
    void showsWhatChecksMeasuredInBaseUnits() throws IOException {
        disk.answer(
                Outcome.pass("61 % free").observed("free_bytes", 4096, "bytes").observed("total_bytes", 8192, "bytes"));
        time.advance(Duration.ofMinutes(5));
        meters.show(engine, Suite.READINESS, Suite.DOCTOR);

        assertThat(scrape())
                .contains("koda_disk_available_bytes{instance=\"STATE_ROOT_DIR\"} 4096.0")
                .contains("koda_disk_size_bytes{instance=\"STATE_ROOT_DIR\"} 8192.0")
                .doesNotContain("koda_backup_age_seconds");
    }

    @Test
    void anAgeGrowsFromReportToReport() throws IOException {
        var backup = StubCheck.answering(Outcome.pass("2 h old").observed("age", 2.0, "hours"));
        try (var hourly = CheckEngine.builder()
                .time(time)
                .check(CheckSpec.of("backup.age")
                        .in(Suite.DOCTOR)
                        .every(Duration.ofHours(1))
                        .run(backup))
                .check(CheckSpec.of("disk.space")
                        .in(Suite.DOCTOR)
                        .every(Duration.ofSeconds(10))
                        .run(disk))
                .start()) {
            meters.show(hourly, Suite.DOCTOR);
            time.advance(Duration.ofSeconds(20));
            double before = value("koda_backup_age_seconds{instance=\"\"} ");
            time.advance(Duration.ofSeconds(100));

            assertThat(before).isBetween(7_200.0, 7_220.0);
            assertThat(value("koda_backup_age_seconds{instance=\"\"} ") - before)
                    .isBetween(80.0, 120.0);
        }
    }

    private double value(String sample) throws IOException {
        return scrape().lines()
                .filter(line -> line.startsWith(sample))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length())))
                .findFirst()
                .orElseThrow();
    }

    private String scrape() throws IOException {
        var text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, registry.scrape());
        return text.toString(UTF_8);
    }
}
