package dev.koda.dashboard.connections;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static dev.koda.dashboard.store.OperationsDatabase.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Query;
import dev.koda.checks.Reason;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.testing.VirtualTime;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.store.StoreException;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a real Postgres behind a pooler, with the tables of a Koda. */
class KodaConnectionsTest {
    private OperationsDatabase database;
    private OperationsStore store;
    private KodaConnections connections;

    @BeforeEach
    void open() {
        database = OperationsDatabase.empty();
        store = database.store();
        connections = KodaConnections.in(store, KodaTables.SCHEMA);
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @Test
    void whatIsConfiguredAndNotTurnedOffIsRead() {
        var tables = KodaTables.in(database);
        tables.provider("claude", "api_key", true, "", "2026-11-28T10:00:00+00:00");
        tables.provider("groq", "api_key", false, "HTTP 401: no", "");
        tables.change("INSERT INTO knowledge_v2.cp_provider_connections (provider_id) VALUES ('codex')");
        tables.connection("core:git", true);
        tables.connection("core:docker", false);
        tables.agentConnection("agent-1", "core:web", true);
        tables.agentConnection("agent-2", "core:web", false);

        var all = await(connections.read());

        assertThat(all)
                .extracting(one -> one.id().toString())
                .containsExactly(
                        "provider.key[claude]",
                        "provider.key[groq]",
                        "koda.connection[core:git]",
                        "koda.connection[agent-1/core:web]");
        assertThat(all.get(0).isVerified()).isTrue();
        assertThat(all.get(0).method()).isEqualTo("api_key");
        assertThat(all.get(0).verifiedAt()).isEqualTo(Instant.parse("2026-11-28T10:00:00Z"));
        assertThat(all.get(1).error()).isEqualTo("HTTP 401: no");
    }

    @Test
    void tablesAndColumnsThatAreNotThereAreDoneWithout() {
        var tables = KodaTables.in(database);
        tables.provider("claude", "api_key", true, "", "2026-11-28T10:00:00Z");
        tables.connection("core:git", true);
        tables.change("DROP TABLE knowledge_v2.cp_agent_connections;"
                + "ALTER TABLE knowledge_v2.cp_connection_defaults DROP COLUMN configured, DROP COLUMN last_verified_at;"
                + "ALTER TABLE knowledge_v2.cp_provider_connections ALTER COLUMN verified DROP DEFAULT, ALTER COLUMN verified TYPE BOOLEAN USING false,"
                + " ALTER COLUMN last_verified_at TYPE TIMESTAMPTZ USING last_verified_at::timestamptz");

        var all = await(connections.read());

        assertThat(all).extracting(KodaConnection::key).containsExactly("claude", "core:git");
        assertThat(all.get(0).verifiedAt()).isEqualTo(Instant.parse("2026-11-28T10:00:00Z"));
        assertThat(all.get(1).verifiedAt()).isNull();
    }

    @Test
    void whatTheRoleMayNotReadIsNotThere() {
        var tables = KodaTables.in(database);
        tables.provider("claude", "api_key", true, "", "");
        tables.connection("core:git", true);
        tables.change("REVOKE SELECT ON knowledge_v2.cp_provider_connections FROM koda;"
                + "REVOKE SELECT ON knowledge_v2.cp_agent_connections FROM koda");

        assertThat(await(connections.read())).extracting(KodaConnection::key).containsExactly("core:git");
    }

    @Test
    void withoutAnyTableThereIsNoKoda() {
        assertThat(failure(connections.read()))
                .isInstanceOf(KodaConnections.NoTables.class)
                .hasMessageContaining("knowledge_v2");
        store.close();
        assertThat(failure(connections.read())).isInstanceOf(StoreException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "true, '', 2026-01-01T00:00:00Z, PASS, ''",
        "true, '', 2025-12-30T00:00:00Z, WARN, not_verified",
        "true, '', '', WARN, not_verified",
        "true, '', yesterday, WARN, not_verified",
        "false, '', '', WARN, not_verified",
        "false, 'HTTP 401: s3cret', '', FAIL, key_rejected",
        "false, 's3cret', '', FAIL, verification_failed"
    })
    void whatKodaNotedIsJudgedAndWhatItQuotesNotShown(
            boolean isVerified, String error, String at, String status, String reason) throws Exception {
        var tables = KodaTables.in(database);
        tables.provider("claude", "api_key", isVerified, error, at);

        var result = recorded(await(connections.read()).get(0));

        assertThat(result.rawStatus()).hasToString(status);
        assertThat(result.reason() == null ? "" : result.reason().code()).isEqualTo(reason);
        assertThat(result.message()).doesNotContain("s3cret");
    }

    @Test
    void whatIsNoMoreIsSkippedAndWhatCannotBeReadIsNotKnown() throws Exception {
        var tables = KodaTables.in(database);
        tables.provider("claude", "api_key", true, "", "2026-01-01T00:00:00Z");
        var connection = await(connections.read()).get(0);
        tables.change("DELETE FROM knowledge_v2.cp_provider_connections");

        var time = new VirtualTime();
        try (var engine = engine(connection, time)) {
            var report = await(
                    Future.fromCompletionStage(engine.run(Query.of(Suite.DOCTOR).anew())));
            assertThat(report.skipped())
                    .extracting(one -> one.id())
                    .containsExactly(new CheckId("provider.key", "claude"));
            store.close();
            time.advance(Duration.ofMinutes(1));
            var later = await(
                    Future.fromCompletionStage(engine.run(Query.of(Suite.DOCTOR).anew())));
            assertThat(later.checks().get(0).reason()).isEqualTo(new Reason("store_unavailable"));
        }
    }

    private CheckResult recorded(KodaConnection connection) {
        try (var engine = engine(connection, new VirtualTime())) {
            var report = await(
                    Future.fromCompletionStage(engine.run(Query.of(Suite.DOCTOR).anew())));
            return List.copyOf(report.checks()).get(0);
        }
    }

    private CheckEngine engine(KodaConnection connection, VirtualTime time) {
        return CheckEngine.builder()
                .time(time)
                .check(connections.recorded(connection, Duration.ofMinutes(15), time))
                .build();
    }
}
