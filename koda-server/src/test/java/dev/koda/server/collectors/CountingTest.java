package dev.koda.server.collectors;

import static dev.koda.server.collectors.CollectedKoda.collector;
import static dev.koda.server.collectors.KodaPostgres.await;
import static dev.koda.server.collectors.KodaPostgres.failure;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.koda.dashboard.store.StoreException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** That counters neither lose nor repeat a row, nor ever fall. */
class CountingTest {
    private static final String COST = "koda_cost_total_usd";

    @RegisterExtension
    final CollectedKoda koda = new CollectedKoda();

    private final Collector guardrails = collector("guardrails");
    private final Collector queries = collector("queries");

    /** What was seen is old enough to be counted for good. */
    private void letTimePass() {
        koda.postgres()
                .executeOperations("UPDATE koda_ops.collector_state SET marked_at = marked_at - interval '10 minutes'");
        await(koda.counting().resume());
    }

    private void hit(int number) {
        koda.postgres()
                .execute(
                        "INSERT INTO knowledge_v2.runtime_guardrail_hits (agent_id, task_id, guardrail_type, created_at)"
                                + " SELECT 'ATLAS', 1, 'loop', '' FROM generate_series(1, " + number + ")");
    }

    private long hits() {
        var amount = await(koda.counting().ask(guardrails, koda.lease()))
                .of("koda_runtime_guardrail_hits_total")
                .get(List.of("loop"));
        return amount == null ? 0 : amount.longValueExact();
    }

    @Test
    void whatWasBeforeIsNotCounted() {
        hit(7);
        assertThat(hits()).isZero();
        hit(2);
        assertThat(hits()).isEqualTo(2);
    }

    @Test
    void aRowThatCommitsLateIsCountedOnce() throws SQLException {
        hits();
        try (var late = koda.postgres().connect();
                var insert = late.createStatement()) {
            late.setAutoCommit(false);
            insert.execute(
                    "INSERT INTO knowledge_v2.runtime_guardrail_hits (agent_id, task_id, guardrail_type, created_at)"
                            + " VALUES ('ATLAS', 1, 'loop', '')");
            hit(3);
            assertThat(hits()).isEqualTo(3);
            late.commit();
        }
        assertThat(hits()).isEqualTo(4);

        letTimePass();
        assertThat(hits()).isEqualTo(4);
        letTimePass();
        assertThat(hits()).isEqualTo(4);
    }

    @Test
    void theNextHolderShowsNoLessAndNothingTwice() {
        hits();
        hit(5);
        assertThat(hits()).isEqualTo(5);

        koda.takeOver("second");
        assertThat(hits()).isEqualTo(5);
        hit(4);
        letTimePass();
        assertThat(hits()).isEqualTo(9);

        koda.takeOver("third");
        hit(1);
        assertThat(hits()).isEqualTo(10);
        letTimePass();
        letTimePass();
        assertThat(hits()).isEqualTo(10);
    }

    @Test
    void whatHappensWhileNobodyCountsIsCountedLater() {
        hits();
        hit((int) CounterState.SPAN + 500);
        koda.takeOver("second");

        assertThat(hits()).isEqualTo(CounterState.SPAN);
        letTimePass();
        assertThat(hits()).isEqualTo(CounterState.SPAN + 500);
    }

    @Test
    void whoHasLostTheLeaseKeepsNothing() {
        hits();
        var old = koda.lease();
        var mine = koda.counting();
        koda.takeOver("second");
        hit(3);

        var refused = failure(mine.ask(guardrails, old));
        assertThat(refused)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StoreException.Kind.FENCED));
        assertThat(hits()).isEqualTo(3);
    }

    @Test
    void rowsThatAreDeletedMakeNoCounterFall() {
        hits();
        hit(6);
        assertThat(hits()).isEqualTo(6);
        koda.postgres().execute("DELETE FROM knowledge_v2.runtime_guardrail_hits");

        assertThat(hits()).isEqualTo(6);
        hit(7);
        assertThat(hits()).isGreaterThanOrEqualTo(7);
    }

    @Test
    void aTableThatBeginsAnewIsCountedOn() {
        hit(9);
        hits();
        koda.postgres().execute("TRUNCATE knowledge_v2.runtime_guardrail_hits RESTART IDENTITY");
        assertThat(hits()).isZero();
        hit(4);
        assertThat(hits()).isEqualTo(4);
    }

    @Test
    void aSumOfMoneyNeverFallsByItsLastDigit() {
        await(koda.counting().ask(queries, koda.lease()));
        double shown = 0;
        for (int i = 0; i < 30; i++) {
            koda.postgres()
                    .execute("INSERT INTO knowledge_v2.query_history"
                            + " (agent_id, user_id, timestamp, query_text, response_text, cost_usd, model)"
                            + " SELECT 'ATLAS', 1, now(), '', '', 0.1 * n / 3, 'opus' FROM generate_series(1, 7) n");
            if (i % 3 == 0) {
                letTimePass();
            }
            double now = Objects.requireNonNull(await(koda.counting().ask(queries, koda.lease()))
                            .of(COST)
                            .get(List.of("ATLAS", "claude", "opus")))
                    .doubleValue();
            assertThat(now).isGreaterThan(shown);
            shown = now;
        }
        assertThat(shown).isCloseTo(30 * 0.1 * 28 / 3, within(1e-9));
    }

    @Test
    void theLastWordAboutABreakerCountsAcrossHolders() {
        assertThat(breakers()).isEmpty();
        breaker("system.circuit_opened", "postgres", "open");
        breaker("system.circuit_opened", "browser", "open");
        breaker("system.circuit_closed", "browser", "half-open");
        assertThat(breakers())
                .containsEntry(List.of("ATLAS", "postgres"), 2)
                .containsEntry(List.of("ATLAS", "browser"), 1);

        koda.takeOver("second");
        letTimePass();
        assertThat(breakers())
                .containsEntry(List.of("ATLAS", "postgres"), 2)
                .containsEntry(List.of("ATLAS", "browser"), 1);
        breaker("system.circuit_closed", "browser", "closed");
        assertThat(breakers())
                .containsEntry(List.of("ATLAS", "postgres"), 2)
                .containsEntry(List.of("ATLAS", "browser"), 0);

        breaker("system.agent_started", "", "");
        assertThat(breakers())
                .hasSize(9)
                .allSatisfy((labels, state) -> assertThat(state).isZero());
    }

    private void breaker(String type, String dependency, String state) {
        koda.postgres()
                .execute("INSERT INTO knowledge_v2.audit_events (agent_id, timestamp, event_type, details_json) VALUES"
                        + " ('ATLAS', now(), '" + type + "', '{\"dependency\": \"" + dependency
                        + "\", \"new_state\": \""
                        + state
                        + "\"}')");
    }

    private Map<List<String>, Integer> breakers() {
        return await(koda.counting().ask(collector("circuit-breakers"), koda.lease()))
                .of("koda_circuit_breaker_state")
                .entrySet()
                .stream()
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().intValue()));
    }

    @Test
    void costsThatAreNoNumbersHurtNothing() {
        await(koda.counting().ask(queries, koda.lease()));
        koda.postgres()
                .execute(
                        "INSERT INTO knowledge_v2.query_history"
                                + " (agent_id, user_id, timestamp, query_text, response_text, cost_usd)"
                                + " SELECT 'ATLAS', 1, now(), '', '', cost FROM unnest(ARRAY['NaN', 'Infinity', '-Infinity', -3, 2]::float8[]) cost");

        assertThat(await(koda.counting().ask(queries, koda.lease())).of(COST).values())
                .singleElement()
                .satisfies(amount -> assertThat(amount).isEqualByComparingTo("2"));
    }

    @Test
    void aStormOfLabelsIsHeldTogether() {
        await(koda.counting().ask(collector("episodes"), koda.lease()));
        koda.postgres()
                .execute(
                        "INSERT INTO knowledge_v2.execution_episodes (agent_id, task_kind, status, created_at)"
                                + " SELECT 'ATLAS', 'kind ' || n || repeat('x', n % 200), 'done', '' FROM generate_series(1, 10000) n");
        var amounts = await(koda.counting().ask(collector("episodes"), koda.lease()))
                .of("koda_autonomy_tier_distribution_total");

        assertThat(amounts).hasSizeLessThanOrEqualTo(Amounts.MOST + 1);
        assertThat(amounts.values().stream().mapToLong(Number::longValue).sum()).isEqualTo(10_000);
    }
}
