package dev.koda.dashboard.store;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static dev.koda.dashboard.store.OperationsDatabase.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.dashboard.store.StoreException.Kind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StoreTest {
    private static OperationsDatabase database;
    private static OperationsStore store;

    @BeforeAll
    static void open() {
        database = OperationsDatabase.migrated();
        store = database.store();
        database.execute("CREATE TABLE koda_ops.note (id int PRIMARY KEY, words text);"
                + "ALTER TABLE koda_ops.note OWNER TO koda");
    }

    @AfterAll
    static void close() {
        store.close();
        database.close();
    }

    @Test
    void aFailedTransactionLeavesNothing() {
        var failed = store.transaction(connection -> connection
                .preparedQuery("INSERT INTO koda_ops.note VALUES ($1, $2)")
                .execute(Tuple.of(1, "gone"))
                .compose(done -> Future.failedFuture(StoreException.fenced("x"))));

        assertThat(((StoreException) failure(failed)).kind()).isEqualTo(Kind.FENCED);
        assertThat(database.ask("SELECT count(*) FROM koda_ops.note WHERE id = 1"))
                .isEqualTo("0");
    }

    @Test
    void aTransactionThatEndsWellIsKept() {
        await(store.transaction(connection -> connection
                .preparedQuery("INSERT INTO koda_ops.note VALUES ($1, $2)")
                .execute(Tuple.of(2, "kept"))));

        assertThat(database.ask("SELECT words FROM koda_ops.note WHERE id = 2")).isEqualTo("kept");
    }

    @Test
    void aKeyThatIsThereIsToldApart() {
        var insert = "INSERT INTO koda_ops.note VALUES (3, 'once')";
        await(store.query(insert));

        assertThat(((StoreException) failure(store.query(insert))).kind()).isEqualTo(Kind.DUPLICATE);
    }

    @Test
    void whatIsMissingIsToldApart() {
        assertThat(((StoreException) failure(store.query("SELECT * FROM koda_ops.nothing"))).kind())
                .isEqualTo(Kind.NOT_MIGRATED);
        assertThat(((StoreException) failure(store.query("SELECT * FROM nowhere.nothing"))).kind())
                .isEqualTo(Kind.NOT_MIGRATED);
    }

    @Test
    void whatTheRoleMayNotDoIsToldApart() {
        assertThat(((StoreException) failure(store.query("SELECT * FROM pg_authid"))).kind())
                .isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void aStoreThatIsNotThereIsUnavailable() {
        var nobody = StoreOptions.of("127.0.0.1", 1, "koda", "koda", () -> "");
        try (var absent = OperationsStore.of(database.vertx(), nobody)) {
            assertThat(((StoreException) failure(absent.query("SELECT 1"))).kind())
                    .isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void aTransactionThatTakesTooLongIsEndedAndItsConnectionServesAgain() {
        try (var impatient = OperationsStore.of(
                database.vertx(), database.options().connections(1).limit(Duration.ofMillis(300)))) {
            var failed = impatient.transaction(
                    connection -> connection.query("SELECT pg_sleep(20)").execute());

            assertThat(((StoreException) failure(failed)).kind()).isEqualTo(Kind.UNAVAILABLE);
            Eventually.holds(
                    Duration.ofSeconds(10),
                    () -> await(impatient
                            .query("SELECT 1")
                            .transform(answer -> Future.succeededFuture(answer.succeeded()))));
        }
    }

    @Test
    void aTransactionWhoseWorkThrowsIsRolledBack() {
        var failed = store.transaction(connection -> connection
                .query("INSERT INTO koda_ops.note VALUES (4, 'gone')")
                .execute()
                .map(done -> {
                    throw new IllegalStateException("a mistake");
                }));

        failure(failed);
        assertThat(database.ask("SELECT count(*) FROM koda_ops.note WHERE id = 4"))
                .isEqualTo("0");
    }

    @Test
    void manyAtOnceAllHaveTheirAnswer() {
        var answers = new ArrayList<Future<Integer>>();
        for (int i = 0; i < 200; i++) {
            int number = i;
            answers.add(store.query("SELECT $1::int AS n", Tuple.of(number))
                    .map(rows -> rows.iterator().next().getInteger("n")));
        }

        for (int i = 0; i < answers.size(); i++) {
            assertThat(await(answers.get(i))).isEqualTo(i);
        }
    }

    @Test
    void prefersToSayWhereItIsAndNeverThePassword() {
        var options = StoreOptions.of("::1", 5432, "koda", "koda", () -> "hush");

        assertThat(List.of(options.toString(), store.name())).noneMatch(text -> text.contains("hush"));
        assertThat(options).hasToString("[::1]:5432/koda");
    }
}
