package dev.koda.dashboard.audit;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static dev.koda.dashboard.store.OperationsDatabase.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.FaultProxy;
import dev.koda.dashboard.http.Refusal;
import dev.koda.dashboard.store.Eventually;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.store.StoreOptions;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trail behind a connection that breaks. */
class StoredTrailTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final AuditEvent REJECTED =
            AuditEvent.of(AuditEventType.OPERATOR_LOGIN_FAILED).by("alice");
    private static final AuditEvent ADDED =
            AuditEvent.of(AuditEventType.OPERATOR_ADDED).by("alice");

    private final EventStamp stamp = EventStamp.of(TimeSource.system(), Redactor.byShape(), "node-1");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private OwnDirectory own = OwnDirectory.of(Path.of(""));
    private OperationsDatabase database;
    private FaultProxy proxy;
    private OperationsStore store;

    @BeforeEach
    void open() {
        own = OwnDirectory.of(directory);
        database = OperationsDatabase.migrated();
        var options = database.options();
        proxy = await(FaultProxy.listen(database.vertx(), options.host(), options.port()));
        store = OperationsStore.of(
                database.vertx(),
                StoreOptions.of("127.0.0.1", proxy.port(), options.database(), options.user(), () -> "")
                        .limit(Duration.ofMillis(500)));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        database.close();
        own.close();
    }

    @Test
    void whatIsRecordedIsStored() {
        var trail = trail(Spool.LARGEST);

        await(Future.all(trail.record(REJECTED), trail.record(ADDED)));

        assertThat(inbox()).isEqualTo(2);
    }

    @Test
    void withTheStoreDownWhatMustBeRecordedIsRefusedAndTheRestIsSafeOnTheDisk() throws IOException {
        await(proxy.refuse());
        var trail = trail(Spool.LARGEST);

        await(trail.record(REJECTED));
        assertThat(failure(trail.record(ADDED))).isInstanceOfSatisfying(Refusal.class, refused -> {
            assertThat(refused.problem().status()).isEqualTo(503);
            assertThat(refused.problem().reason()).isEqualTo("audit_unavailable");
        });

        assertThat(lines()).isEqualTo(1);
        assertThat(inbox()).isZero();
    }

    @Test
    void aSilentStoreCostsTheFirstEventItsLimitAndTheNextOnesNothing() {
        await(proxy.blackHole());
        var trail = trail(Spool.LARGEST);
        await(trail.record(REJECTED));

        // The quickest of three: each event is brought to the disk, which others may keep busy for a moment.
        long quickest = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long begun = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                await(trail.record(REJECTED));
            }
            quickest = Math.min(quickest, System.nanoTime() - begun);
        }

        assertThat(Duration.ofNanos(quickest)).isLessThan(Duration.ofMillis(450));
    }

    @Test
    void whatWaitsIsStoredOnceWhenTheStoreIsBack() {
        await(proxy.refuse());
        var trail = trail(Spool.LARGEST);
        await(Future.all(
                IntStream.range(0, 50).mapToObj(i -> trail.record(REJECTED)).toList()));

        await(proxy.passThrough());

        Eventually.holds(LIMIT, () -> inbox() == 50);
        Eventually.holds(LIMIT, () -> lines() == 0);
    }

    @Test
    void anInsertThatWasNotAnsweredIsStoredOnce() {
        // The statement goes through, and its answer does not come back.
        await(store.query("SELECT 1"));
        await(proxy.blackHole());
        var trail = trail(Spool.LARGEST);
        await(trail.record(REJECTED));
        await(proxy.passThrough());
        Eventually.holds(LIMIT, () -> inbox() == 1);
        Eventually.holds(LIMIT, () -> lines() == 0);
        assertThat(inbox()).isEqualTo(1);
    }

    @Test
    void aProcessThatDiesBetweenLeavesItToTheNextOne() throws IOException {
        var spool = new Spool(own, Spool.LARGEST);
        var stored = stamp.stamp(REJECTED);
        spool.append(List.of(stored, stamp.stamp(REJECTED)));
        // The dead one had stored it, and could not say so any more.
        await(new Inbox(store).put(List.of(stored)));

        var trail = trail(Spool.LARGEST);

        Eventually.holds(LIMIT, () -> lines() == 0);
        assertThat(inbox()).isEqualTo(2);
        await(trail.close());
    }

    @Test
    void whatFindsNoRoomIsCountedAndTold() {
        await(proxy.refuse());
        var trail = trail(1_000);
        await(Future.all(
                IntStream.range(0, 20).mapToObj(i -> trail.record(REJECTED)).toList()));
        await(proxy.passThrough());

        Eventually.holds(LIMIT, () -> inbox("security.events_suppressed") == 1);

        long kept = inbox("security.operator_login_failed");
        assertThat(kept).isBetween(1L, 5L);
        assertThat(database.ask("SELECT (body::json->'details'->>'count')::int FROM koda_ops.audit_inbox"
                        + " WHERE body LIKE '%events_suppressed%'"))
                .isEqualTo(Long.toString(20 - kept));
    }

    @Test
    void aCountThatCannotBeToldIsNotForgotten() {
        var suppressed = new SuppressedEvents();
        var now = TimeSource.system().now();
        suppressed.add(now);
        var taken = suppressed.take().orElseThrow();
        suppressed.add(now.plusSeconds(1));

        suppressed.putBack(taken);

        assertThat(suppressed.take()).contains(new SuppressedEvents.Counted(2, now, now.plusSeconds(1)));
        assertThat(suppressed.take()).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeMadeCostsEventsAndNoRequest() throws IOException {
        Files.writeString(directory.resolve("file"), "in the way");
        await(proxy.refuse());
        var none = OwnDirectory.of(directory.resolve("file"));
        var trail = StoredTrail.open(stamp, intake(), none, database.vertx(), TimeSource.system());

        await(trail.record(REJECTED));
        await(proxy.passThrough());
        await(trail.record(ADDED));

        assertThat(inbox("security.operator_added")).isEqualTo(1);
        Eventually.holds(LIMIT, () -> inbox("security.events_suppressed") == 1);
    }

    @Test
    void anEndWaitsForWhatIsUnderWay() {
        var trail = trail(Spool.LARGEST);
        var recorded =
                IntStream.range(0, 1_200).mapToObj(i -> trail.record(REJECTED)).toList();

        await(trail.close());

        assertThat(recorded).allMatch(Future::succeeded);
        assertThat(inbox()).isEqualTo(1_200);
    }

    private StoredTrail trail(long largest) {
        var disk = database.vertx().createSharedWorkerExecutor("spool-of-a-test", 1);
        var trail = new StoredTrail(stamp, intake(), new Spool(own, largest), disk, TimeSource.system());
        trail.replayLater();
        return trail;
    }

    private Intake intake() {
        return new Intake(new Inbox(store), TimeSource.system());
    }

    private long inbox() {
        return Long.parseLong(database.ask("SELECT count(*) FROM koda_ops.audit_inbox"));
    }

    private long inbox(String type) {
        return Long.parseLong(
                database.ask("SELECT count(*) FROM koda_ops.audit_inbox WHERE body LIKE '%\"" + type + "\"%'"));
    }

    private long lines() throws IOException {
        long count = 0;
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                count += Files.exists(file) ? Files.readAllLines(file).size() : 0;
            }
        }
        return count;
    }
}
