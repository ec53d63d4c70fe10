package dev.koda.checks.report;

import static dev.koda.checks.report.SampleReports.report;
import static dev.koda.checks.report.SampleReports.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Report;
import dev.koda.checks.Scope;
import dev.koda.checks.Suite;
import dev.koda.checks.Threshold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportJsonTest {
    @Test
    void writesTheShapeOfTheContractOnOneLine() {
        assertThat(text(ReportJson.write(SampleReports.warning()))).isEqualTo("""
                {"schema":"koda.report/v1","suite":"doctor","ok":true,"status":"warn",\
                "message":"1 of 2 checks needs attention","generated_at":"2026-11-23T12:00:00.000Z","took_ms":212,\
                "service":{"name":"koda","version":"0.1.0","environment":"production"},\
                "summary":{"pass":1,"warn":1,"fail":0,"not_run":0,"skipped":2},"checks":[\
                {"id":"config.parse","category":"config","title":"Settings can be read","ok":true,"status":"pass",\
                "message":".env holds 42 settings","critical":true,"docs":"docs/checks.md#config-parse",\
                "started_at":"2026-11-23T11:59:59.960Z","took_ms":3,"age_ms":37,"since":"2026-11-23T11:00:00.000Z",\
                "streak":4,"raw_status":"pass"},\
                {"id":"disk.space","instance":"STATE_ROOT_DIR","category":"disk","title":"Volume has room","ok":true,\
                "status":"warn","message":"12.1 % free, limit 15 %","reason":"low_space","critical":true,\
                "observed":{"free":{"value":12.1,"unit":"percent"},\
                "free_bytes":{"value":8123456789,"unit":"bytes"}},\
                "thresholds":[{"of":"free","direction":"below","unit":"percent","warn":15,"fail":5}],\
                "hint":"grow the volume or prune artifacts","docs":"docs/checks.md#disk-space",\
                "started_at":"2026-11-23T11:59:59.960Z","took_ms":3,"age_ms":37,"since":"2026-11-23T11:00:00.000Z",\
                "streak":4,"raw_status":"warn"}],\
                "skipped":[{"id":"tls.certificate","why":"no public https URL is configured"},\
                {"id":"provider.key","instance":"openai","why":"no key is configured"}]}
                """);
    }

    @Test
    void namesTheRootCauseOfACheckThatWasNotRun() {
        assertThat(text(ReportJson.write(SampleReports.broken())))
                .contains("\"reason\":\"not_run\",\"root_cause\":\"postgres.tcp\",\"critical\":false")
                .contains("\"summary\":{\"pass\":1,\"warn\":2,\"fail\":1,\"not_run\":1,\"skipped\":0}");
    }

    @Test
    void offersACommandOnlyOfWhatIsNotPass() {
        var spec = CheckSpec.of("a.check").in(Suite.DOCTOR).command("curl 'http://a/?b'");
        var fine = report(Suite.DOCTOR, result(spec, Outcome.pass("fine")));
        var broken = report(Suite.DOCTOR, result(spec, Outcome.fail("broken")));

        assertThat(text(ReportJson.write(fine))).doesNotContain("command");
        assertThat(text(ReportJson.write(broken))).contains("\"command\":\"curl 'http://a/?b'\"");
        assertThat(ReportReader.read(ReportJson.write(broken))
                        .checks()
                        .get(0)
                        .spec()
                        .command())
                .isEqualTo("curl 'http://a/?b'");
    }

    @Test
    void leavesOutWhatIsUnknown() {
        assertThat(text(ReportJson.write(SampleReports.empty())))
                .contains("\"service\":{\"name\":\"orders\"},")
                .doesNotContain("null");
    }

    @Test
    void keepsHostileTextInsideItsStringAndOffTheTerminal() {
        var json = text(ReportJson.write(SampleReports.hostile()));

        assertThat(json.strip()).doesNotContainPattern("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u202e]");
        assertThat(json)
                .contains("lone \ufffd pair \ud83d\ude00 ls \\u2028 csi \\u009B bidi \\u202E nul \\u0000")
                .contains("{\\\"a\\\":1} \ufffd\"")
                .contains("\"instance\":\"\ud83d\ude00 \\\"quoted\\\" \ufffd\"");
    }

    @Test
    void writesIntegersAsIntegersAndOtherNumbersAsTheyAre() {
        assertThat(text(ReportJson.write(SampleReports.hostile())))
                .contains("\"tiny\":{\"value\":1.0E-7,")
                .contains("\"huge\":{\"value\":1.0E300,")
                .contains("\"whole\":{\"value\":15,")
                .contains("\"minus\":{\"value\":-0.5,")
                .contains("\"long\":{\"value\":-9223372036854775808,");
    }

    @Test
    void leavesOutALimitThatJsonCannotSay() {
        var threshold = new Threshold("free", Threshold.Direction.BELOW, "percent", Double.NaN, 5.0);

        var json = text(ReportJson.write(report(
                Suite.DOCTOR, result(CheckSpec.of("a.b"), Outcome.pass("fine").threshold(threshold)))));

        assertThat(json).contains("\"unit\":\"percent\",\"fail\":5}]");
    }

    @Test
    void neverWritesANegativeOrOverflowingDuration() {
        var spec = SampleReports.built(CheckSpec.of("a.b"));
        var outcome = Outcome.pass("fine");
        var result = new CheckResult(
                spec,
                outcome.status(),
                outcome.status(),
                outcome,
                Instant.EPOCH,
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofMillis(-4),
                Instant.EPOCH,
                0,
                null);

        assertThat(text(ReportJson.write(report(Suite.DOCTOR, result))))
                .contains("\"took_ms\":9223372036854775807,\"age_ms\":0,");
    }

    @Test
    void theStableFormIsEqualForTwoRunsThatSeeTheSameState() {
        var one = result(
                CheckSpec.of("disk.space"),
                Outcome.below("free", 12.1, "percent").warn(15).fail(5));
        var other = result(
                        CheckSpec.of("disk.space"),
                        Outcome.below("free", 9, "percent").warn(15).fail(5))
                .aged(Duration.ofSeconds(9));
        var later = Report.of(
                Suite.DOCTOR,
                SampleReports.KODA,
                SampleReports.NOON.plusSeconds(5),
                Duration.ofSeconds(4),
                List.of(other),
                List.of());

        var stable = text(ReportJson.stable(report(Suite.DOCTOR, one)));

        assertThat(stable).isEqualTo(text(ReportJson.stable(later)));
        assertThat(stable)
                .contains("\"message\":\"# of # check needs attention\"")
                .contains("\"message\":\"free is # percent, limit # percent\"")
                .contains("\"observed\":{\"free\":{\"unit\":\"percent\"}}")
                .contains("\"warn\":15,\"fail\":5")
                .doesNotContain("_ms", "_at", "since", "streak", "raw_status");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12.5 % free, limit 15 %|# % free, limit # %",
                "clock is -3 ms off|clock is # ms off",
                "between 5-10 s|between #-# s",
                "1,024 of 2.5E-7 left|# of # left",
                "PostgreSQL 17.11 (28P01)|PostgreSQL # (#P#)",
                "no number|no number"
            })
    void theStableFormWritesOneMarkForEachNumber(String message, String expected) {
        var stable = text(ReportJson.stable(report(Suite.DOCTOR, result(CheckSpec.of("a.b"), Outcome.pass(message)))));

        assertThat(stable).contains("\"message\":\"" + expected + "\",\"critical\"");
    }

    @Test
    void readinessNamesEachPublicReasonOnceInTheOrderOfTheReport() {
        var report = report(
                Suite.READINESS,
                result(CheckSpec.of("runtime.loops").scope(Scope.LOCAL), Outcome.fail("stuck")),
                failed("postgres.tcp"),
                failed("postgres.auth"));

        assertThat(text(ReportJson.readiness(report, true)))
                .isEqualTo("{\"status\":\"fail\",\"ready\":false,"
                        + "\"reasons\":[\"runtime_loops\",\"postgres_unavailable\"]}");
        assertThat(text(ReportJson.readiness(report, false))).isEqualTo("{\"status\":\"fail\",\"ready\":false}");
    }

    @Test
    void readinessIsSilentAboutAFailureThatFailsOpen() {
        var open = SampleReports.notReady(Scope.SHARED, false);
        var both = report(Suite.READINESS, open.checks().get(0), failed("object-store.bucket"));

        assertThat(text(ReportJson.readiness(open, true))).isEqualTo("{\"status\":\"warn\",\"ready\":true}");
        assertThat(text(ReportJson.readiness(both, true))).endsWith("\"reasons\":[\"postgres_unavailable\"]}");
        assertThat(text(ReportJson.readiness(SampleReports.notReady(Scope.LOCAL, false), true)))
                .contains("postgres_unavailable");
    }

    @Test
    void readinessSaysStartingUntilSomethingIsKnown() {
        var pending = result(
                CheckSpec.of("postgres.tcp").failClosed(),
                Outcome.fail("not evaluated yet").reason(Reason.PENDING));

        assertThat(text(ReportJson.readiness(report(Suite.READINESS, pending), true)))
                .endsWith("\"reasons\":[\"starting\"]}");
        assertThat(text(ReportJson.readiness(report(Suite.READINESS, pending, failed("object-store.bucket")), true)))
                .endsWith("\"reasons\":[\"postgres_unavailable\"]}");
    }

    @Test
    void readinessSaysDrainingWhenTheProcessIsAboutToEnd() {
        var draining = result(
                CheckSpec.of("runtime.draining").scope(Scope.LOCAL),
                Outcome.fail("ends").reason(Reason.DRAINING));

        assertThat(text(ReportJson.readiness(report(Suite.READINESS, draining), true)))
                .endsWith("\"reasons\":[\"draining\"]}");
    }

    @Test
    void livenessTellsTheStatusAndNothingElse() {
        assertThat(text(ReportJson.liveness(report(Suite.LIVENESS, SampleReports.passing()))))
                .isEqualTo("{\"status\":\"pass\"}");
        assertThat(text(ReportJson.liveness(report(Suite.LIVENESS, SampleReports.refused()))))
                .isEqualTo("{\"status\":\"fail\"}");
    }

    private static CheckResult failed(String name) {
        return result(
                CheckSpec.of(name).failClosed().unavailable("postgres_unavailable"), Outcome.fail("does not answer"));
    }

    private static String text(byte[] json) {
        return new String(json, UTF_8);
    }
}
