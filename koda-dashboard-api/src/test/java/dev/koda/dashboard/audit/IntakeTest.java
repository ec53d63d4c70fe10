package dev.koda.dashboard.audit;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.Eventually;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of new events past the inbox, and what becomes of them when it is barred. */
class IntakeTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final TimeSource time = TimeSource.system();
    private final EventStamp stamp = EventStamp.of(time, Redactor.byShape(), "node-1");
    private final SigningKey key = SigningKey.generate();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private OwnDirectory own = OwnDirectory.of(Path.of(""));
    private OperationsDatabase database;
    private OperationsStore store;
    private Lease lease;
    private Sealing sealing;
    private Sealer sealer;
    private Intake intake;

    @BeforeEach
    void open() {
        own = OwnDirectory.of(directory);
        database = OperationsDatabase.migrated();
        store = database.store();
        var leases = Leases.in(store);
        lease = await(leases.take("sealer", "a", Duration.ofMinutes(5))).orElseThrow();
        sealing = new Sealing(store, leases);
        AuditTrail trail = event -> Future.succeededFuture();
        var checkpoints = new Checkpoints(store, time, key, new LastSigned(database.vertx(), own), trail);
        sealer = new Sealer(sealing, checkpoints, new Partitions(store, leases, 1_000), time);
        intake = new Intake(new Inbox(store), time);
        intake.sealWith(sealer);
    }

    @AfterEach
    void close() throws IOException {
        sealer.end();
        store.close();
        database.close();
        own.close();
    }

    private void begin() {
        sealer.begin(lease);
        Eventually.holds(LIMIT, sealer::isSealing);
    }

    @Test
    void whatArrivesWhileThisProcessSealsIsSealedWhenItIsStored() {
        begin();

        await(intake.put(events(700)));
        await(intake.put(events(1)));

        assertThat(log()).isEqualTo("701 701");
        assertThat(inbox()).isEqualTo("0");
        assertThat(faults()).isEmpty();
    }

    @Test
    void elseItWaitsInTheInbox() {
        await(intake.put(events(3)));
        assertThat(inbox()).isEqualTo("3");

        begin();
        Eventually.holds(LIMIT, () -> log().equals("3 3"));
        sealer.end();
        await(intake.put(events(2)));

        assertThat(inbox()).isEqualTo("2");
    }

    @Test
    void whoSleptOverTheEndOfHisLeaseSealsNothingAndLosesNothing() {
        begin();
        database.execute("UPDATE koda_ops.lease SET holder = 'b', epoch = epoch + 1 WHERE name = 'sealer'");

        await(intake.put(events(3)));

        assertThat(inbox()).isEqualTo("3");
        assertThat(log()).isEqualTo("0 0");
    }

    @Test
    void oneThatTheStoreRefusesIsToldAsUnreadableAndTheOthersAsTheyAre() {
        begin();
        database.execute("ALTER TABLE koda_ops.audit_log ADD CHECK (actor IS DISTINCT FROM 'mallory')");
        var refused =
                stamp.stamp(AuditEvent.of(AuditEventType.OPERATOR_LOGIN_FAILED).by("mallory"));

        await(intake.put(List.of(events(1).get(0), refused)));

        Eventually.holds(LIMIT, () -> log().equals("2 2"));
        assertThat(database.ask("SELECT id FROM koda_ops.audit_log WHERE type = 'security.unreadable_event'"))
                .isEqualTo(refused.id().toString());
        assertThat(faults()).isEmpty();
    }

    @Test
    void whoWaitsForTheLeaseForTooLongGoesToTheInboxAndIsSealedOnce() throws SQLException {
        begin();
        try (var other = database.connect();
                var lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("SELECT 1 FROM koda_ops.lease WHERE name = 'sealer' FOR UPDATE");

            await(intake.put(events(5)));
            await(intake.put(events(5)));

            assertThat(inbox()).isEqualTo("10");
        }

        Eventually.holds(LIMIT, () -> log().equals("10 10"));
        assertThat(faults()).isEmpty();
    }

    @Test
    void whoIsAppendingWhenItTakesTooLongIsFoundByWhoSealsNext() throws SQLException {
        begin();
        try (var other = database.connect();
                var lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("LOCK TABLE koda_ops.audit_log IN SHARE MODE");

            await(intake.put(events(5)));

            assertThat(inbox()).isEqualTo("5");
        }

        Eventually.holds(LIMIT, () -> inbox().equals("0"));
        assertThat(log()).isEqualTo("5 5");
        assertThat(faults()).isEmpty();
    }

    private List<StampedEvent> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> stamp.stamp(
                        AuditEvent.of(AuditEventType.OPERATOR_LOGIN_FAILED).by("user-" + i)))
                .toList();
    }

    private String inbox() {
        return database.ask("SELECT count(*) FROM koda_ops.audit_inbox");
    }

    private String log() {
        return database.ask("SELECT count(DISTINCT id) || ' ' || coalesce(max(seq), 0) FROM koda_ops.audit_log");
    }

    private List<String> faults() {
        return await(new ChainVerifier(database.vertx(), store, List.of(key.publicKey()), true, List.of()).verify())
                .faults();
    }
}
