package dev.koda.checks.runtime.controlplane;

import static dev.koda.checks.runtime.controlplane.StandInControlPlane.ended;
import static dev.koda.checks.runtime.controlplane.StandInControlPlane.running;
import static dev.koda.checks.runtime.controlplane.StandInControlPlane.unhealthy;
import static dev.koda.checks.runtime.controlplane.StandInControlPlane.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersCheckTest {
    private static final String READY = "{\"status\":\"ready\",\"startup\":{\"phase\":\"ready\"}}";

    private final StandInControlPlane koda = new StandInControlPlane();

    @AfterEach
    void close() {
        koda.close();
    }

    private static String notReady(String reason) {
        return "{\"status\":\"not ready\",\"reason\":\"" + reason + "\"}";
    }

    private CheckResult run(String... workers) {
        koda.workers = "[" + String.join(",", workers) + "]";
        return koda.result(PlatformNetworkChecks.workers(koda.options, koda.http()));
    }

    private CheckResult named(URI... bases) {
        return koda.result(PlatformNetworkChecks.workers(List.of(bases), koda.http()));
    }

    private static void expect(CheckResult result, Status status, String reason) {
        assertThat(result.status()).as(result.message()).isEqualTo(status);
        assertThat(result.reason()).as(result.message()).isEqualTo(new Reason(reason));
    }

    @Test
    void passesWhenAllAreReady() {
        var result = run(running("ATLAS", koda.ready(200, READY)), running("ORION", koda.ready(200, READY)));

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(result.message()).isEqualTo("2 workers are alive and ready");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "database unreachable",
                "no provider can execute a new turn",
                "runtime kernel disconnected",
                "knowledge_v2 backend unavailable"
            })
    void quotesWhyOneIsNotReady(String reason) {
        var result = run(running("ATLAS", koda.ready(503, notReady(reason))), running("B", koda.ready(200, READY)));

        expect(result, Status.FAIL, "not_ready");
        assertThat(result.message()).isEqualTo("worker ATLAS is not ready: " + reason);
    }

    @Test
    void quotesNothingButWords() {
        var result = run(running("ATLAS", koda.ready(503, notReady("password=hunter2@db"))));

        expect(result, Status.FAIL, "not_ready");
        assertThat(result.message()).doesNotContain("hunter2").endsWith("no reason that can be quoted");
    }

    @Test
    void warnsWhileOneStarts() {
        expect(run(running("ATLAS", koda.ready(503, notReady("startup_incomplete")))), Status.WARN, "starting");
        expect(run(unhealthy("ATLAS", koda.loopback.refused(), "starting")), Status.WARN, "starting");
    }

    @ParameterizedTest
    @CsvSource({"1, worker ATLAS has ended with exit code 1", "null, worker ATLAS is not running"})
    void failsForOneThatIsGone(String exit, String message) {
        var result = run(running("ORION", koda.ready(200, READY)), ended("ATLAS", exit));

        expect(result, Status.FAIL, "exited");
        assertThat(result.message()).isEqualTo(message);
    }

    /** Somebody may have stopped its agent. */
    @Test
    void warnsOfOneThatEndedInOrder() {
        expect(run(ended("ATLAS", "0")), Status.WARN, "exited");
    }

    @Test
    void failsForOneThatTheControlPlaneCallsUnhealthyEvenIfItSaysReady() {
        expect(run(unhealthy("A", koda.loopback.refused(), "unhealthy")), Status.FAIL, "unhealthy");
        expect(run(unhealthy("A", koda.ready(200, READY), "unhealthy")), Status.FAIL, "unhealthy");
    }

    @Test
    void prefersTheReasonOfAnUnhealthyOneItself() {
        var base = koda.ready(503, notReady("database unreachable"));

        expect(run(unhealthy("A", base, "unhealthy")), Status.FAIL, "not_ready");
    }

    /** Inside Koda's network only: no fault, and no silence about it either. */
    @Test
    void explainsAddressesThatLeadNowhereFromHere() {
        var result = run(
                running("ATLAS", koda.loopback.refused()),
                running("ORION", URI.create("http://runtime-kernel.invalid:1")));

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(result.message())
                .isEqualTo("2 workers are alive by the control plane's own probe; /ready of 2 is not known from here");
    }

    @ParameterizedTest
    @CsvSource({"200, <html>", "503, upstream down", "404, ''", "200, '{\"status\":\"ok\"}'"})
    void takesNoOtherServerAtThatAddressForAWorker(int code, String body) {
        assertThat(run(running("ATLAS", koda.ready(code, body))).message()).contains("not known from here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "file:///etc/passwd", "http://", "::", "http://a:99999/"})
    void asksNoAddressThatIsNone(String url) {
        var result = run(worker("ATLAS", url, "true", "null", "{\"ok\":true}"));

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
    }

    @Test
    void showsNoNameThatIsNone() {
        assertThat(run(ended("<b>p4ss</b>", "1")).message()).isEqualTo("a worker has ended with exit code 1");
    }

    @Test
    void asksOfManyOnlySomeAtOnce() {
        var base = koda.ready(200, READY);

        assertThat(run(Collections.nCopies(40, running("A", base)).toArray(String[]::new))
                        .message())
                .isEqualTo("40 workers are alive by the control plane's own probe; /ready of 8 is not known from here");
    }

    @Test
    void skipsWhereNoneRuns() {
        koda.workers = "[]";
        var report = koda.report(PlatformNetworkChecks.workers(koda.options, koda.http()));

        assertThat(report.skipped())
                .anyMatch(skipped -> skipped.why().equals("the control plane runs no worker: no agent is active"));
    }

    @Test
    void skipsWhereTheControlPlaneListsNone() {
        koda.health = "{\"status\":\"pass\"}";
        var report = koda.report(PlatformNetworkChecks.workers(koda.options, koda.http()));

        assertThat(report.skipped()).anyMatch(skipped -> skipped.why().contains("lists no workers"));
    }

    @Test
    void knowsNothingFromAnotherPage() {
        koda.health = "<html>sign in</html>";

        expect(run(), Status.WARN, "unexpected_answer");
    }

    @Test
    void knowsNothingFromAListThatIsCut() {
        var worker = ended("ATLAS", "1");
        var result = run(Collections.nCopies(70_000 / worker.length(), worker).toArray(String[]::new));

        expect(result, Status.WARN, "unexpected_answer");
        assertThat(result.message()).contains("in its first 64 KiB");
    }

    @Test
    void warnsWhenItAsksTooOften() {
        koda.status = 429;

        expect(run(), Status.WARN, "rate_limited");
    }

    @Test
    void isNotRunWithoutAControlPlane() {
        koda.status = 500;

        expect(run(), Status.WARN, "not_run");
    }

    @Test
    void looksAtTheOneAnswerThatAllChecksShare() {
        var options = koda.options;
        koda.workers = "[" + running("A", koda.ready(200, READY)) + "]";
        koda.report(
                PlatformNetworkChecks.workers(options, koda.http()),
                PlatformNetworkChecks.sidecar("memory", options, PlatformNetworkChecks.SIDECAR_SLOW, koda.http()),
                PlatformNetworkChecks.sidecar("security", options, PlatformNetworkChecks.SIDECAR_SLOW, koda.http()));

        assertThat(koda.requests).containsExactly("/health");
    }

    @Test
    void asksWrittenAddressesInTheirPlace() {
        koda.workers = "[" + ended("ATLAS", "1") + "]";
        var base = koda.ready(200, READY);

        assertThat(named(base).message()).isEqualTo("1 worker is ready");
        assertThat(named(URI.create(base + "/some/health")).message()).isEqualTo("1 worker is ready");
    }

    @Test
    void failsWhereAWrittenAddressDoesNotAnswerAsAWorker() {
        expect(named(koda.ready(200, READY), koda.loopback.refused()), Status.FAIL, "connection_refused");
        expect(named(koda.ready(200, "<html>")), Status.FAIL, "unexpected_answer");
        expect(named(koda.ready(503, notReady("database unreachable"))), Status.FAIL, "not_ready");
        expect(named(koda.ready(503, notReady("startup_incomplete"))), Status.WARN, "starting");
    }
}
