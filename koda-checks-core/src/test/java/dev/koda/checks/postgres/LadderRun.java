package dev.koda.checks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The checks of one server on a real Vert.x and in a real engine, a new one for each evaluation: nothing is cached. */
final class LadderRun {
    static final Vertx VERTX = Vertx.vertx();

    private final List<CheckSpec> specs;

    LadderRun(PostgresOptions options) {
        this(options, VERTX, TimeSource.system());
    }

    LadderRun(PostgresOptions options, Vertx vertx, TimeSource time) {
        specs = PostgresChecks.of(options, () -> vertx, time);
    }

    /** The same after a first evaluation, which may take longer. */
    static LadderRun warm(PostgresOptions options) throws Exception {
        var run = new LadderRun(options);
        run.ladder();
        return run;
    }

    /** One evaluation of everything for the options. */
    static Report report(PostgresOptions options) throws Exception {
        return new LadderRun(options).report();
    }

    /** One evaluation of everything. */
    Report report() throws Exception {
        return run(Suite.DOCTOR);
    }

    /** One evaluation of the ladder alone. */
    Report ladder() throws Exception {
        return run(Suite.READINESS);
    }

    private Report run(Suite suite) throws Exception {
        try (var engine = CheckEngine.builder().checks(specs).build()) {
            return await(engine.run(suite));
        }
    }

    static CheckResult result(Report report, String id) {
        return report.checks().stream()
                .filter(result -> result.id().equals(CheckId.of(id)))
                .findFirst()
                .orElseThrow();
    }

    /** Says that exactly one check is broken, why, and that all that depend on it were not run and name it. */
    static void assertOnlyBroken(Report report, String id, Status status, String reason) {
        var broken = result(report, id);
        var checks = report.checks();
        var above = checks.subList(checks.indexOf(broken) + 1, checks.size());

        assertThat(broken.status()).as(broken::message).isEqualTo(status);
        assertThat(broken.reason()).hasToString(reason);
        assertThat(broken.outcome().hint()).isNotBlank();
        assertThat(checks.subList(0, checks.indexOf(broken)))
                .allSatisfy(below -> assertThat(below.status()).isEqualTo(Status.PASS));
        assertThat(above).allSatisfy(waiting -> {
            assertThat(waiting.isNotRun()).isTrue();
            assertThat(waiting.rootCause()).isEqualTo(broken.id());
        });
    }

    static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    static <T> T await(Future<T> future) throws Exception {
        return await(future.toCompletionStage());
    }

    static List<String> texts(Report report) {
        return report.checks().stream()
                .map(result -> result.message() + " " + result.outcome().hint())
                .toList();
    }
}
