package dev.koda.dashboard.store;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static dev.koda.dashboard.store.OperationsDatabase.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static OperationsDatabase database;
    private static OperationsStore store;
    private static Leases leases;

    @BeforeAll
    static void open() {
        database = OperationsDatabase.migrated();
        store = database.store();
        leases = Leases.in(store);
    }

    @AfterAll
    static void close() {
        store.close();
        database.close();
    }

    @Test
    void whoFallsAsleepInATransactionKeepsNobodyFromTheLease() {
        try (var sleeping =
                OperationsStore.of(database.vertx(), database.options().limit(Duration.ofMillis(400)))) {
            var its = Leases.in(sleeping);
            var lease = await(its.take("asleep", "a", Duration.ofMillis(200))).orElseThrow();
            failure(sleeping.transaction(connection -> its.fence(connection, lease)
                    .compose(held -> Promise.<Void>promise().future())));

            assertThat(await(leases.take("asleep", "b", LONG))).isPresent();
        }
    }

    @Test
    void oneOfManyGetsIt() {
        var answers = new ArrayList<Future<Optional<Lease>>>();
        for (int i = 0; i < 20; i++) {
            answers.add(leases.take("race", "process-" + i, LONG));
        }

        assertThat(answers.stream()
                        .map(OperationsDatabase::await)
                        .filter(Optional::isPresent)
                        .count())
                .isEqualTo(1);
    }

    @Test
    void theHolderKeepsItsEpoch() {
        var first = await(leases.take("kept", "a", LONG)).orElseThrow();

        assertThat(await(leases.take("kept", "a", LONG))).contains(first);
        assertThat(await(leases.take("kept", "b", LONG))).isEmpty();
    }

    @Test
    void theNextHolderHasAnotherEpoch() {
        var first = await(leases.take("passed", "a", LONG)).orElseThrow();
        await(leases.release(first));

        var second = await(leases.take("passed", "b", LONG)).orElseThrow();

        assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
    }

    @Test
    void aReleaseOfAnOldHolderTakesItFromNobody() {
        var first = await(leases.take("stale", "a", Duration.ofMillis(-1))).orElseThrow();
        await(leases.take("stale", "b", LONG));

        await(leases.release(first));

        assertThat(await(leases.take("stale", "c", LONG))).isEmpty();
    }

    @Test
    void aWriterThatSleptIsFenced() {
        var first = await(leases.take("fenced", "a", Duration.ofMillis(-1))).orElseThrow();
        await(store.transaction(connection -> leases.fence(connection, first)));
        var second = await(leases.take("fenced", "b", LONG)).orElseThrow();

        await(store.transaction(connection -> leases.fence(connection, second)));
        assertThat(failure(store.transaction(connection -> leases.fence(connection, first))))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        fenced -> assertThat(fenced.kind()).isEqualTo(StoreException.Kind.FENCED));
    }
}
