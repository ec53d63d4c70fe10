package dev.koda.checks.postgres.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Status;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsCheckTest {
    private static final String ID = "postgres.slots";

    private final Cluster cluster = Cluster.shared();

    @AfterEach
    void dropSlots() throws Exception {
        cluster.onPrimary("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
    }

    @Test
    void passesWithoutSlotsForARoleWithoutPrivileges() throws Exception {
        var result = StateRun.result(ID, cluster.primary("plain"));

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.message()).isEqualTo("there are no replication slots");
    }

    @Test
    void passesWhereASlotKeepsLittle() throws Exception {
        cluster.onPrimary("SELECT pg_create_physical_replication_slot('second', true)");

        var result = StateRun.result(ID, cluster.primary("plain"));

        assertThat(result.status()).as(result::message).isEqualTo(Status.PASS);
        assertThat(result.message()).isEqualTo("1 replication slots keep at most 0 GiB of WAL, limit 10 GiB");
    }

    @Test
    void namesTheSlotThatKeepsMuch() throws Exception {
        cluster.onPrimary(
                "SELECT pg_create_physical_replication_slot('forgotten', true)",
                "CREATE TABLE kept AS SELECT g, repeat('x', 1000) FROM generate_series(1, 2000) g",
                "DROP TABLE kept");

        var result = StateRun.result(
                ID,
                cluster.primary("plain"),
                PostgresStateLimits.DEFAULT.slots(new Limit(0.001, 100), Limit.warnOnly(30)));
        var failed = StateRun.result(
                ID,
                cluster.primary("plain"),
                PostgresStateLimits.DEFAULT.slots(new Limit(0.0001, 0.001), Limit.warnOnly(30)));

        assertThat(result.status()).as(result::message).isEqualTo(Status.WARN);
        assertThat(result.reason()).hasToString("slot_retains_wal");
        assertThat(result.message()).startsWith("slot forgotten keeps");
        assertThat(result.outcome().hint()).contains("pg_drop_replication_slot('forgotten')");
        assertThat(failed.status()).isEqualTo(Status.FAIL);
    }

    @Test
    void takesTheLimitOfASlotThatNobodyReadsFromTheOptions() throws Exception {
        cluster.onPrimary("SELECT pg_create_physical_replication_slot('second', true)");
        var limits = PostgresStateLimits.DEFAULT.slots(new Limit(10, 100), new Limit(0, 0));

        var result = StateRun.result(ID, cluster.primary("plain"), limits);

        assertThat(result.status()).as(result::message).isEqualTo(Status.FAIL);
        assertThat(result.reason()).hasToString("slot_inactive");
    }

    /** What a server says of such slots takes half an hour or a full disk to make: its rows are written here. */
    @ParameterizedTest
    @CsvSource({
        "lost, , FAIL, slot_lost",
        "unreserved, , WARN, slot_unreserved",
        "reserved, 1801, WARN, slot_inactive",
        "reserved, 1799, PASS,",
        "'', , PASS,",
    })
    void judgesWhatAServerSays(String walStatus, Double inactive, Status status, String reason) throws Exception {
        var values = new HashMap<String, Object>();
        values.put("name", "second");
        values.put("active", false);
        values.put("wal_status", walStatus);
        values.put("gibibytes", 1.0);
        values.put("inactive", inactive);
        SqlQueries answer = (context, sql) -> CompletableFuture.completedStage(List.of(SqlRow.of(values)));

        var outcome = StateRun.outcome(ID, answer, PostgresStateOptions.DEFAULT);

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.reason() == null ? null : outcome.reason().code()).isEqualTo(reason);
        assertThat(outcome.hint() == null).isEqualTo(status == Status.PASS);
    }

    @Test
    void saysValueAndLimitSoThatTheyDiffer() throws Exception {
        var values = new HashMap<String, Object>();
        values.put("name", "second");
        values.put("wal_status", "reserved");
        values.put("gibibytes", 0.0);
        values.put("inactive", 31.0);
        SqlQueries answer = (context, sql) -> CompletableFuture.completedStage(List.of(SqlRow.of(values)));
        var limits = PostgresStateLimits.DEFAULT.slots(new Limit(10, 100), Limit.warnOnly(0.5));

        assertThat(StateRun.outcome(ID, answer, PostgresStateOptions.DEFAULT.limits(limits))
                        .message())
                .isEqualTo("slot second has had no reader for 0.6 min, limit 0.5 min");
    }
}
