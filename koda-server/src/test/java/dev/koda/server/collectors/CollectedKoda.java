package dev.koda.server.collectors;

import static dev.koda.server.collectors.KodaPostgres.await;
import static java.util.stream.Collectors.toMap;

import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The tables of a Koda and an operations store, both new for each test, and one who holds the lease and asks collectors.
 * All tests share one Postgres, which ends with the last of them.
 *
 * <p>Use: {@code @RegisterExtension final CollectedKoda koda = new CollectedKoda();}
 */
final class CollectedKoda implements BeforeEachCallback, AfterEachCallback {
    private @Nullable KodaPostgres postgres;
    private @Nullable OperationsStore store;
    private @Nullable KodaReader reader;
    private @Nullable Leases leases;
    private @Nullable Lease lease;
    private @Nullable Counting counting;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        postgres = SharedPostgres.of(context);
        postgres.renew();
        store = postgres.store();
        leases = Leases.in(store);
        reader = KodaReader.of(postgres.vertx(), postgres.koda());
        takeOver("first");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        reader().close();
        there(store).close();
    }

    private static <T> T there(@Nullable T part) {
        return Objects.requireNonNull(part, "register the extension in a field");
    }

    KodaPostgres postgres() {
        return there(postgres);
    }

    KodaReader reader() {
        return there(reader);
    }

    Lease lease() {
        return there(lease);
    }

    Counting counting() {
        return there(counting);
    }

    /** Another server begins where the last has stopped, wherever that was. */
    void takeOver(String holder) {
        postgres().executeOperations("UPDATE koda_ops.lease SET expires_at = now() - interval '1 second'");
        lease = await(there(leases).take("state-collectors", holder, Duration.ofMinutes(5)))
                .orElseThrow();
        resume();
    }

    /** What is counted is read anew from the store. */
    void resume() {
        counting = new Counting(reader(), new CounterStates(there(store), there(leases), reader().source()));
        await(counting.resume());
    }

    static Collector collector(String name) {
        return StateCollectors.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Amounts ask(String collector) {
        return await(counting().ask(collector(collector), lease()));
    }

    /** What a counter makes of rows that come while it counts. */
    Amounts count(String collector, Rows rows) {
        ask(collector);
        rows.insert(postgres());
        return ask(collector);
    }

    static Map<List<String>, Double> shown(Amounts amounts, String column) {
        return amounts.of(column).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().doubleValue()));
    }

    static Map<List<String>, Double> nonZero(Map<List<String>, Double> values) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
