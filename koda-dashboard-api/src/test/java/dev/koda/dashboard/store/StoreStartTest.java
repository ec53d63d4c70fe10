package dev.koda.dashboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.FaultProxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StoreStartTest {
    private final AtomicInteger there = new AtomicInteger();

    @Test
    void bringsAnEmptyDatabaseUpToDateAndSaysSoOnce() {
        try (var database = OperationsDatabase.empty();
                var store = database.store();
                var start = StoreStart.begin(store, "a", TimeSource.system(), there::incrementAndGet)) {
            Eventually.holds(Duration.ofSeconds(20), () -> there.get() == 1);

            assertThat(database.ask("SELECT count(*) > 1 FROM koda_ops.schema_migration"))
                    .isEqualTo("t");
            assertThat(start).isNotNull();
        }
    }

    @Test
    void waitsForADatabaseThatIsDownAndEndsWhenItIsThere() {
        try (var database = OperationsDatabase.empty()) {
            var options = database.options();
            var proxy = OperationsDatabase.await(FaultProxy.listen(database.vertx(), options.host(), options.port()));
            OperationsDatabase.await(proxy.refuse());
            var behind =
                    StoreOptions.of("127.0.0.1", proxy.port(), options.database(), options.user(), options.password());
            try (var store = OperationsStore.of(database.vertx(), behind);
                    var start = StoreStart.begin(store, "a", TimeSource.system(), there::incrementAndGet)) {
                assertThat(OperationsDatabase.failure(store.query("SELECT 1"))).isInstanceOf(StoreException.class);
                assertThat(there).hasValue(0);

                OperationsDatabase.await(proxy.passThrough());
                Eventually.holds(Duration.ofSeconds(20), () -> there.get() == 1);
                assertThat(start).isNotNull();
            }
        }
    }
}
