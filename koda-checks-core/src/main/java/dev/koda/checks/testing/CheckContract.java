package dev.koda.checks.testing;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Query;
import dev.koda.checks.Reason;
import dev.koda.checks.Report;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.engine.CheckListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every check must do, as tests: extend it in the test of a check. It runs the check in a real engine against
 * whatever {@link #specs()} is wired to, on real time.
 */
public abstract class CheckContract {
    /** The choice of a contract whose check cannot come across any. */
    protected static final List<String> NO_SECRETS = List.of();

    /** What a busy machine may add to a check's own time-out. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    /** The check and all it depends on, wired to something that works. */
    protected abstract List<CheckSpec> specs();

    /** Which of them is under test. */
    protected abstract CheckId id();

    /**
     * Secrets that {@link #specs()} plants where the check comes across them, in its options or in what its target
     * answers: none may be seen. {@link #NO_SECRETS} for a check that is told nothing but names and numbers.
     */
    protected abstract List<String> secrets();

    /** How many processes may run the check against one target at one moment and hear the same; 8. */
    protected int callers() {
        return 8;
    }

    @Test
    void answersWithinItsTimeout() throws Exception {
        var result = resultOf(run());

        assertNotEquals(Reason.TIMEOUT, result.reason(), result::message);
        assertTrue(result.took().compareTo(spec().timeout()) <= 0, () -> "took " + result.took());
    }

    @Test
    void keepsItsIdAndIsDescribed() throws Exception {
        var result = resultOf(run());

        assertAll(
                () -> assertEquals(id(), result.id()),
                () -> assertNotEquals(id().name(), spec().title(), "the title says more than the id"),
                () -> assertNotNull(spec().docs(), "docs are declared"),
                () -> assertFalse(spec().suites().isEmpty(), "it is in a suite"));
    }

    @Test
    void neverShowsAPlantedSecret() throws Exception {
        var report = run();

        for (var secret : secrets()) {
            for (var result : report.checks()) {
                var shown = result.message() + " " + result.outcome().hint() + " " + result.id() + " "
                        + result.outcome().observed();
                assertFalse(shown.contains(secret), () -> result.id() + " shows a secret");
            }
            report.skipped().forEach(skipped -> assertFalse(skipped.toString().contains(secret)));
        }
    }

    @Test
    void answersTheSameWhenRunTwice() throws Exception {
        var first = resultOf(run());
        var again = resultOf(run());

        assertEquals(first.status(), again.status(), again::message);
    }

    /** Each has an engine of its own: callers of one engine share one execution. */
    @Test
    void answersAllCallersAtOnceAlike() throws Exception {
        var specs = specs();
        var engines = Stream.generate(() -> engine(specs, thrown -> {}))
                .limit(callers())
                .toList();
        try {
            var query = query();
            var runs = engines.stream().map(engine -> engine.run(query)).toList();
            var first = resultOf(await(runs.get(0)));

            for (var run : runs) {
                var result = resultOf(await(run));
                assertEquals(first.status().isOk(), result.status().isOk(), result::message);
            }
        } finally {
            engines.forEach(CheckEngine::close);
        }
    }

    @Test
    void answersInsteadOfThrowing() throws Exception {
        var thrown = new ConcurrentLinkedQueue<Throwable>();
        try (var engine = engine(thrown::add)) {
            await(engine.run(query()));
        }

        assertTrue(thrown.isEmpty(), thrown::toString);
    }

    private CheckSpec spec() {
        return specs().stream()
                .filter(spec -> spec.id().equals(id()))
                .findFirst()
                .orElseGet(() -> fail("specs() does not hold " + id()));
    }

    private Suite suite() {
        var suites = spec().suites();
        return suites.contains(Suite.DOCTOR) ? Suite.DOCTOR : suites.iterator().next();
    }

    private Query query() {
        return Query.of(suite()).only(List.of(id().toString())).freshOnly();
    }

    private CheckEngine engine(Consumer<Throwable> onThrow) {
        return engine(specs(), onThrow);
    }

    private static CheckEngine engine(List<CheckSpec> specs, Consumer<Throwable> onThrow) {
        return CheckEngine.builder()
                .checks(specs)
                .listener(new CheckListener() {
                    @Override
                    public void onThrow(CheckId id, Throwable thrown) {
                        onThrow.accept(thrown);
                    }
                })
                .build();
    }

    private Report run() throws Exception {
        try (var engine = engine(thrown -> {})) {
            return await(engine.run(query()));
        }
    }

    private CheckResult resultOf(Report report) {
        return report.checks().stream()
                .filter(result -> result.id().equals(id()))
                .findFirst()
                .orElseGet(() -> fail(id() + " is not in the report, skipped are " + report.skipped()));
    }

    private Report await(CompletionStage<Report> stage) throws InterruptedException, ExecutionException {
        var limit = specs().stream().map(CheckSpec::timeout).reduce(SLACK, Duration::plus);
        try {
            return stage.toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return fail("no report within " + limit);
        }
    }
}
