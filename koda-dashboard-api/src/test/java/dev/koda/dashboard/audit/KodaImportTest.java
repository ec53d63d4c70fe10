package dev.koda.dashboard.audit;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static dev.koda.dashboard.store.OperationsDatabase.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Redactor;
import dev.koda.checks.testing.VirtualTime;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.store.StoreException;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KodaImportTest {
    private final VirtualTime time = new VirtualTime();
    private OperationsDatabase database;
    private OperationsStore store;
    private Lease lease;
    private KodaImport running;

    @BeforeEach
    void open() {
        database = OperationsDatabase.migrated();
        store = database.store();
        lease = await(Leases.in(store).take("audit-import", "a", Duration.ofMinutes(5)))
                .orElseThrow();
        running = started();
    }

    /** As Koda's migration 003 has it. */
    private void makeTable() {
        database.execute("CREATE SCHEMA knowledge_v2; CREATE TABLE knowledge_v2.audit_events (id BIGSERIAL PRIMARY KEY,"
                + " agent_id TEXT NOT NULL, timestamp TIMESTAMPTZ NOT NULL, event_type TEXT NOT NULL,"
                + " pod_name TEXT NOT NULL DEFAULT '', user_id BIGINT, task_id BIGINT, trace_id TEXT NOT NULL DEFAULT '',"
                + " details_json JSONB NOT NULL DEFAULT '{}', cost_usd DOUBLE PRECISION, duration_ms DOUBLE PRECISION,"
                + " created_at TIMESTAMPTZ NOT NULL DEFAULT now());"
                + "GRANT USAGE ON SCHEMA knowledge_v2 TO koda; GRANT SELECT ON knowledge_v2.audit_events TO koda");
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @Test
    void securityEventsComeInOnceAndTheOthersNot() {
        makeTable();
        add("security.operator_login_failed", "{\"identifier\": \"alice\", \"reason\": \"locked\"}");
        add("task.created", "{}");

        assertThat(pass()).isEqualTo(1);
        assertThat(pass()).isZero();

        var event = body("security.operator_login_failed");
        assertThat(event.getString("time")).isEqualTo("2026-11-28T10:00:00Z");
        assertThat(event.getString("actor")).isEqualTo("alice");
        assertThat(event.getString("reason")).isEqualTo("locked");
        assertThat(event.getString("outcome")).isEqualTo("failure");
        assertThat(event.getString("severity")).isEqualTo("warning");
        assertThat(event.getJsonObject("origin").getString("system")).isEqualTo("koda");
    }

    @Test
    void whatKodaHasNotRedactedIsRedactedHere() {
        makeTable();
        add(
                "security.command_blocked",
                "{\"tool\": \"shell\", \"api_key\": \"abc\", \"cmd\": \"curl -H 'Authorization: Bearer hunter2hunter2'\","
                        + " \"env\": {\"dsn\": \"postgresql://u:s3cretpassword@db/koda\", \"note\": \"the key is swordfish-4711\"}}");
        pass();

        var event = body("security.command_blocked");
        assertThat(event.encode()).doesNotContain("hunter2", "s3cretpassword", "swordfish-4711", "abc");
        assertThat(event.getJsonArray("redactions")).contains("api_key", "cmd", "env.dsn", "env.note");
    }

    @Test
    void aTransactionThatCommitsLateIsNotLost() throws SQLException {
        makeTable();
        try (var late = database.connect();
                var insert = late.createStatement()) {
            late.setAutoCommit(false);
            insert.execute("INSERT INTO knowledge_v2.audit_events (agent_id, timestamp, event_type)"
                    + " VALUES ('LATE', '2026-11-28T10:00:00Z', 'security.approval_denied')");
            add("security.auth_failure", "{}");
            assertThat(pass()).isEqualTo(1);
            time.advance(Duration.ofMinutes(10));
            assertThat(pass()).isZero();

            late.commit();
            assertThat(pass()).isEqualTo(1);
        }
        assertThat(body("security.approval_denied").getJsonObject("origin").getString("agent"))
                .isEqualTo("LATE");
    }

    @Test
    void theNextHolderGoesOnAndNothingComesTwice() {
        makeTable();
        for (int i = 0; i < 30; i++) {
            add("security.auth_failure", "{}");
        }
        assertThat(pass()).isEqualTo(30);
        database.execute("UPDATE koda_ops.audit_import SET imported_at = imported_at - interval '1 hour'");
        running = started();
        add("security.auth_failure", "{}");

        assertThat(pass()).isEqualTo(1);
        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_inbox")).isEqualTo("31");
    }

    @Test
    void whatCommitsWhileNobodyImportsIsNotLost() throws SQLException {
        makeTable();
        try (var late = database.connect();
                var insert = late.createStatement()) {
            late.setAutoCommit(false);
            insert.execute("INSERT INTO knowledge_v2.audit_events (agent_id, timestamp, event_type)"
                    + " VALUES ('LATE', '2026-11-28T10:00:00Z', 'security.approval_denied')");
            add("security.auth_failure", "{}");
            assertThat(pass()).isEqualTo(1);
            late.commit();
        }
        database.execute("UPDATE koda_ops.audit_import SET imported_at = imported_at - interval '1 hour'");
        running = started();

        assertThat(pass()).isEqualTo(1);
    }

    @Test
    void whatIsBehindTheWindowIsForgottenAndWhereItEndsIsNot() {
        makeTable();
        for (int i = 0; i < 30; i++) {
            add("security.auth_failure", "{}");
        }
        pass();
        time.advance(KodaImport.WINDOW);
        add("security.auth_failure", "{}");
        pass();

        assertThat(
                        database.ask(
                                "SELECT min(split_part(key, ':', 1)::bigint) || ' ' || max(split_part(key, ':', 1)::bigint) FROM koda_ops.audit_import"))
                .isEqualTo("30 31");
        assertThat(pass()).isZero();
    }

    @Test
    void aStoreThatIsRestoredGetsAgainWhatItHasForgotten() {
        makeTable();
        add("security.auth_failure", "{}");
        assertThat(pass()).isEqualTo(1);
        database.execute("CREATE TABLE kept AS SELECT * FROM koda_ops.audit_import");
        add("security.auth_failure", "{}");
        assertThat(pass()).isEqualTo(1);
        time.advance(KodaImport.WINDOW);
        assertThat(pass()).isZero();
        time.advance(KodaImport.WINDOW);
        assertThat(pass()).isZero();

        database.execute("DELETE FROM koda_ops.audit_import; DELETE FROM koda_ops.audit_inbox;"
                + "INSERT INTO koda_ops.audit_import SELECT * FROM kept");

        assertThat(pass()).isEqualTo(1);
        assertThat(pass()).isZero();
    }

    @Test
    void aKodaThatIsRestoredUsesItsNumbersAgain() {
        makeTable();
        for (int i = 0; i < 5; i++) {
            add("security.auth_failure", "{}");
        }
        assertThat(pass()).isEqualTo(5);
        time.advance(KodaImport.WINDOW);
        assertThat(pass()).isZero();

        database.execute("DELETE FROM knowledge_v2.audit_events WHERE id > 2;"
                + "SELECT setval('knowledge_v2.audit_events_id_seq', 2)");
        pass();
        add("security.approval_denied", "{}");
        assertThat(pass()).isEqualTo(1);

        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_inbox")).isEqualTo("6");
        assertThat(body("security.approval_denied").getJsonObject("origin").getLong("id"))
                .isEqualTo(3);
    }

    @Test
    void aKodaWhoseNumbersHaveGrownSinceItsRestoreIsNoticedToo() {
        makeTable();
        for (int i = 0; i < 5; i++) {
            add("security.auth_failure", "{}");
        }
        assertThat(pass()).isEqualTo(5);
        time.advance(KodaImport.WINDOW);
        assertThat(pass()).isZero();

        database.execute("DELETE FROM knowledge_v2.audit_events WHERE id > 2;"
                + "SELECT setval('knowledge_v2.audit_events_id_seq', 2)");
        for (int i = 0; i < 5; i++) {
            add("security.approval_denied", "{}");
        }
        pass();

        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_inbox")).isEqualTo("10");
        assertThat(pass()).isZero();
    }

    @Test
    void aKodaWithoutTheTableIsNoFault() {
        assertThat(failure(running.pass(lease)))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        none -> assertThat(none.kind()).isEqualTo(StoreException.Kind.NOT_MIGRATED));
    }

    @Test
    void whoHasLostItsLeaseBringsNothing() {
        makeTable();
        add("security.auth_failure", "{}");
        database.execute("UPDATE koda_ops.lease SET holder = 'b', epoch = epoch + 1 WHERE name = 'audit-import'");

        failure(running.pass(lease));

        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_inbox")).isEqualTo("0");
    }

    private KodaImport started() {
        var stamp = EventStamp.of(time, Redactor.of(() -> Set.of("swordfish-4711")), "node-1");
        var place = new KodaDatabase(database.options(), "knowledge_v2");
        var made = new KodaImport(store, place, store, Leases.in(store), stamp, time);
        await(made.resume());
        return made;
    }

    private int pass() {
        return await(running.pass(lease));
    }

    private void add(String type, String details) {
        database.execute("INSERT INTO knowledge_v2.audit_events (agent_id, timestamp, event_type, details_json)"
                + " VALUES ('DEFAULT', '2026-11-28T10:00:00Z', '" + type + "', '" + details.replace("'", "''") + "')");
    }

    private JsonObject body(String type) {
        return new JsonObject(
                database.ask("SELECT body FROM koda_ops.audit_inbox WHERE body LIKE '%\"type\":\"" + type + "\"%'"));
    }
}
