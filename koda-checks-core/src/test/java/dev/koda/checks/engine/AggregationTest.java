package dev.koda.checks.engine;

import static dev.koda.checks.Suite.DOCTOR;
import static dev.koda.checks.Suite.LIVENESS;
import static dev.koda.checks.Suite.READINESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Effects;
import dev.koda.checks.Outcome;
import dev.koda.checks.Query;
import dev.koda.checks.Scope;
import dev.koda.checks.SelectionException;
import dev.koda.checks.Skipped;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.testing.StubCheck;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AggregationTest extends EngineFixture {

    private static StubCheck answering(Outcome outcome) {
        return StubCheck.answering(outcome);
    }

    private Status statusOfRun(Suite suite, CheckSpec... specs) {
        return reportOf(built(specs).run(suite)).status();
    }

    @Test
    void aFailedCriticalCheckFailsTheReport() {
        assertThat(statusOfRun(DOCTOR, doctor("a.check").run(answering(fail()))))
                .isEqualTo(Status.FAIL);
    }

    @Test
    void aFailedCheckThatIsNotCriticalWarnsAndStaysFail() {
        var report = reportOf(
                built(doctor("a.check").notCritical().run(answering(fail()))).run(DOCTOR));

        assertThat(report.status()).isEqualTo(Status.WARN);
        assertThat(only(report).status()).isEqualTo(Status.FAIL);
        assertThat(report.summary().fail()).isEqualTo(1);
    }

    @Test
    void inReadinessASharedFailureFailsOpenUnlessFailClosed() {
        var open = CheckSpec.of("a.check").in(READINESS, DOCTOR).run(answering(fail()));
        var closed = CheckSpec.of("a.check").in(READINESS).failClosed().run(answering(fail()));
        var local = CheckSpec.of("a.check").in(READINESS).scope(Scope.LOCAL).run(answering(fail()));

        assertThat(statusOfRun(READINESS, open)).isEqualTo(Status.WARN);
        assertThat(statusOfRun(DOCTOR, open)).isEqualTo(Status.FAIL);
        assertThat(statusOfRun(READINESS, closed)).isEqualTo(Status.FAIL);
        assertThat(statusOfRun(READINESS, local)).isEqualTo(Status.FAIL);
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void theReportIsTheWorstOfItsChecks(Status worst) {
        var report = reportOf(built(
                        doctor("a.good").run(answering(pass())),
                        doctor("a.other").run(answering(Outcome.of(worst, "so"))))
                .run(DOCTOR));

        assertThat(report.status()).isEqualTo(worst);
        assertThat(report.ok()).isEqualTo(worst != Status.FAIL);
        assertThat(report.message())
                .isEqualTo(worst == Status.PASS ? "all 2 checks pass" : "1 of 2 checks needs attention");
    }

    @Test
    void livenessTakesOnlyLocalChecksWithoutEffects() {
        var check = answering(pass());

        assertThatThrownBy(() -> CheckSpec.of("a.check").in(LIVENESS).run(check))
                .hasMessageStartingWith("a.check cannot be in liveness");
        assertThatThrownBy(() ->
                        CheckSpec.of("a.check").in(LIVENESS).scope(Scope.LOCAL).run(check))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(CheckSpec.of("a.check")
                        .in(LIVENESS)
                        .scope(Scope.LOCAL)
                        .effects(Effects.NONE)
                        .run(check)
                        .suites())
                .containsExactly(LIVENESS);
    }

    @Test
    void anUnknownSuiteIsAnErrorWhenItIsAskedForAndLeavesNoState() {
        var engine = built(doctor("a.check").run(answering(pass())));
        for (int i = 0; i < 100_000; i++) {
            assertThat(engine.run(new Suite("raediness-" + i)).toCompletableFuture())
                    .isCompletedExceptionally();
        }

        assertThatThrownBy(() -> engine.snapshot(new Suite("raediness"))).isInstanceOf(SelectionException.class);
        assertThat(engine.run(READINESS).toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("suite 'readiness' has no checks; there is doctor");
    }

    @Test
    void aSelectionThatMatchesNothingIsAnErrorAndNeverPass() {
        var engine = kept(builder(doctor("disk.space").run(answering(pass())))
                .skip(id("tls.certificate"), "no URL", DOCTOR)
                .build());

        assertThat(messageOf(engine, Query.of(DOCTOR).only(List.of("disk.*", "postgers.*"))))
                .contains("only 'postgers.*' matches no check");
        assertThat(messageOf(engine, Query.of(DOCTOR).skip(List.of("nothing"))))
                .contains("skip 'nothing' matches no check");
        assertThat(messageOf(engine, Query.of(DOCTOR).only(List.of("tls.*"))))
                .contains("nothing to run: tls.certificate is skipped (no URL)");
    }

    @Test
    void aRunThatOnlyReadsOrStaysOfflineSaysWhatItLeavesOut() {
        var engine = kept(builder(
                        doctor("disk.space").run(answering(pass())),
                        doctor("disk.writable").effects(Effects.WRITES).run(answering(pass())),
                        doctor("provider.key").run(answering(pass())))
                .build());

        var report = engine.run(Query.of(DOCTOR).withoutWrites().withoutProviders())
                .toCompletableFuture()
                .join();

        assertThat(report.checks()).extracting(result -> result.id().name()).containsExactly("disk.space");
        assertThat(report.skipped())
                .containsExactly(
                        new Skipped(id("disk.writable"), "it writes, and this run only reads"),
                        new Skipped(id("provider.key"), "it asks a provider, and this run stays offline"));
        assertThat(messageOf(engine, Query.of(DOCTOR).withoutWrites().only(List.of("disk.writable"))))
                .contains("nothing to run: disk.writable is skipped (it writes");
    }

    @Test
    void namesTheCheckThatWasProbablyMeant() {
        var engine = built(
                doctor("postgres.tcp").run(answering(pass())),
                doctor("postgres.tls").run(answering(pass())));

        assertThat(messageOf(engine, Query.of(DOCTOR).only(List.of("postgers.*"))))
                .endsWith("'postgres.*'?)");
        assertThat(messageOf(engine, Query.of(DOCTOR).only(List.of("postgres.tsl"))))
                .endsWith("'postgres.tls'?)");
        assertThat(messageOf(engine, Query.of(DOCTOR).only(List.of("zebra.crossing"))))
                .endsWith("matches no check");
    }

    private String messageOf(CheckEngine engine, Query query) {
        var future = engine.run(query).toCompletableFuture();
        assertThat(future).isCompletedExceptionally();
        var message = new String[1];
        var unused = future.exceptionally(thrown -> {
            message[0] = thrown.getMessage();
            return null;
        });
        assertThat(unused).isDone();
        return message[0];
    }

    @Test
    void onlyTakesWhatASelectedCheckDependsOnAlong() {
        var engine = built(
                doctor("net.low").run(answering(pass())),
                doctor("net.high").dependsOn("net.low").run(answering(pass())),
                doctor("disk.space").instance("STATE").run(answering(pass())));

        assertThat(idsOf(engine, Query.of(DOCTOR).only(List.of("net.high")))).containsExactly("net.low", "net.high");
        assertThat(idsOf(engine, Query.of(DOCTOR).only(List.of("disk.*")))).containsExactly("disk.space[STATE]");
        assertThat(idsOf(engine, Query.of(DOCTOR).only(List.of("*STATE*")))).containsExactly("disk.space[STATE]");
    }

    @Test
    void whatIsLeftOutIsListedAsSkippedAndCountsAsSatisfied() {
        var engine = built(
                doctor("net.low").run(answering(fail())),
                doctor("net.high").dependsOn("net.low").run(answering(pass())));

        var report = reportOf(engine.run(Query.of(DOCTOR).skip(List.of("net.low"))));

        assertThat(only(report).status()).isEqualTo(Status.PASS);
        assertThat(report.skipped().get(0).why()).isEqualTo("left out by the selection (net.low)");
    }

    @Test
    void anotherSuiteCanBeAddedAndMayBeEmpty() {
        var engine = built(
                doctor("a.check").run(answering(pass())),
                CheckSpec.of("hardening.exposed").in(Suite.HARDENING).run(answering(pass())));

        var report = reportOf(engine.run(Query.of(DOCTOR).with(Suite.HARDENING).with(new Suite("more"))));

        assertThat(report.suite()).isEqualTo(DOCTOR);
        assertThat(report.checks()).hasSize(2);
    }

    @Test
    void resultsAndSkippedOnesStandInDeclaredOrder() {
        var engine = kept(CheckEngine.builder()
                .time(time)
                .skip(id("a.zero"), "no", DOCTOR)
                .check(doctor("z.one").run(answering(pass())))
                .skip(id("a.two"), "no", DOCTOR)
                .check(doctor("m.three").run(answering(Outcome.skipped("no"))))
                .skip(id("b.four"), "no", READINESS)
                .check(doctor("a.five").run(answering(pass())))
                .build());

        var report = reportOf(engine.run(DOCTOR));

        assertThat(report.checks()).extracting(result -> result.id().name()).containsExactly("z.one", "a.five");
        assertThat(report.skipped())
                .extracting(skipped -> skipped.id().name())
                .containsExactly("a.zero", "a.two", "m.three");
    }

    private List<String> idsOf(CheckEngine engine, Query query) {
        return reportOf(engine.run(query)).checks().stream()
                .map(result -> result.id().toString())
                .toList();
    }
}
