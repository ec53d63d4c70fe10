package dev.koda.dashboard.store;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static dev.koda.dashboard.store.OperationsDatabase.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.dashboard.store.StoreException.Kind;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigratorTest {
    private OperationsDatabase database;
    private OperationsStore store;

    @BeforeEach
    void open() {
        database = OperationsDatabase.empty();
        store = database.store();
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @Test
    void anEmptyDatabaseGetsEveryStep() {
        await(Migrator.of(store, "a").migrate());

        assertThat(database.ask(
                        "SELECT string_agg(version::text, ',' ORDER BY version) FROM koda_ops.schema_migration"))
                .isEqualTo(steps());
    }

    @Test
    void aSecondRunChangesNothing() {
        await(Migrator.of(store, "a").migrate());
        var before = database.ask("SELECT string_agg(applied_at::text, ',') FROM koda_ops.schema_migration");

        await(Migrator.of(store, "b").migrate());

        assertThat(database.ask("SELECT string_agg(applied_at::text, ',') FROM koda_ops.schema_migration"))
                .isEqualTo(before);
    }

    @Test
    void processesThatStartAtOnceMakeOneSchema() {
        var starts = new ArrayList<Future<Void>>();
        for (int i = 0; i < 8; i++) {
            starts.add(Migrator.of(store, "process-" + i).migrate());
        }

        // Who comes while another migrates is told so, and finds it done the next time.
        starts.forEach(start -> await(start.recover(failure -> ((StoreException) failure).kind() == Kind.FENCED
                ? Future.succeededFuture()
                : Future.failedFuture(failure))));
        await(Migrator.of(store, "late").migrate());

        assertThat(database.ask(
                        "SELECT string_agg(version::text, ',' ORDER BY version) FROM koda_ops.schema_migration"))
                .isEqualTo(steps());
    }

    @Test
    void aStepThatSomebodyChangedIsRefused() {
        await(Migrator.of(store, "a").migrate());
        database.execute("UPDATE koda_ops.schema_migration SET digest = 'other' WHERE version = 1");

        assertThat(failure(Migrator.of(store, "a").migrate()))
                .hasMessageContaining("001_leases")
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.REFUSED));
    }

    @Test
    void aStepThatFailsLeavesNothingOfItself() {
        var steps = new ArrayList<>(Migrations.all());
        steps.add(new Migration(steps.size() + 1, "broken", "CREATE TABLE koda_ops.half (id int); SELECT 1/0;"));

        failure(new Migrator(store, "a", steps).migrate());

        assertThat(database.ask("SELECT to_regclass('koda_ops.half') IS NULL")).isEqualTo("t");
        assertThat(database.ask("SELECT count(*) FROM koda_ops.schema_migration WHERE name = 'broken'"))
                .isEqualTo("0");
    }

    @Test
    void aRoleThatMayNotIsToldWhatToDo() {
        database.execute("ALTER DATABASE " + database.ask("SELECT current_database()") + " OWNER TO postgres");

        assertThat(failure(Migrator.of(store, "a").migrate()))
                .hasMessageContaining("koda ops init --print-sql")
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.FORBIDDEN));
    }

    @Test
    void theScriptForAnAdministratorLeavesNothingToDo() {
        database.execute("ALTER DATABASE " + database.ask("SELECT current_database()") + " OWNER TO postgres");
        database.execute(Migrations.script("koda"));

        await(Migrator.of(store, "a").migrate());

        assertThat(database.ask(
                        "SELECT string_agg(DISTINCT tableowner, ',') FROM pg_tables WHERE schemaname = 'koda_ops'"))
                .isEqualTo("koda");
    }

    @Test
    void theScriptDoesWhatIsMissingAboveAnyOlderVersion() {
        var all = Migrations.all();
        for (int version = 0; version <= all.size(); version++) {
            try (var older = OperationsDatabase.empty();
                    var its = older.store()) {
                if (version > 0) {
                    await(new Migrator(its, "a", all.subList(0, version)).migrate());
                }

                older.execute(Migrations.script("koda"));
                older.execute(Migrations.script("koda"));

                assertThat(
                                older.ask(
                                        "SELECT string_agg(version::text, ',' ORDER BY version) FROM koda_ops.schema_migration"))
                        .as("from version " + version)
                        .isEqualTo(steps());
                assertThat(older.ask("SELECT string_agg(DISTINCT tableowner, ',') FROM pg_tables"
                                + " WHERE schemaname = 'koda_ops'"))
                        .isEqualTo("koda");
                await(Migrator.of(its, "b").migrate());
            }
        }
    }

    @Test
    void theScriptChangesNothingAboveAStepThatIsNotOurs() {
        await(new Migrator(store, "a", Migrations.all().subList(0, 3)).migrate());
        database.execute("UPDATE koda_ops.schema_migration SET digest = 'other' WHERE version = 2");

        assertThatThrownBy(() -> database.execute(Migrations.script("koda")))
                .hasStackTraceContaining("002_audit of the operations store is not the one");

        assertThat(database.ask("SELECT max(version) FROM koda_ops.schema_migration"))
                .isEqualTo("3");
    }

    @Test
    void aRoleWithQuotesInItsNameBreaksNoScript() {
        assertThat(Migrations.script("we\"ird; DROP")).contains("AUTHORIZATION \"we\"\"ird; DROP\";");
    }

    private static String steps() {
        return String.join(
                ",",
                IntStream.rangeClosed(1, List.copyOf(Migrations.all()).size())
                        .mapToObj(Integer::toString)
                        .toList());
    }
}
