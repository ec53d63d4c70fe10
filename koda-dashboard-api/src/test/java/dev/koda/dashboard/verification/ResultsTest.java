package dev.koda.dashboard.verification;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static dev.koda.dashboard.store.OperationsDatabase.failure;
import static dev.koda.dashboard.verification.Samples.START;
import static dev.koda.dashboard.verification.Samples.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import dev.koda.dashboard.audit.Audit;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.audit.AuditOptions;
import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.sessions.RecordedTrail;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.store.StoreException;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    private OperationsDatabase database;
    private OperationsStore store;
    private Leases leases;
    private Lease lease;
    private final RecordedTrail trail = new RecordedTrail();
    private Results results;

    @BeforeEach
    void open() {
        database = OperationsDatabase.migrated();
        store = database.store();
        leases = Leases.in(store);
        lease = await(leases.take("verifications", "a", Duration.ofMinutes(5))).orElseThrow();
        results = new Results(store, trail);
        tend(START);
        await(new Subjects(store).declare(List.of(subject("s"), subject("t"))));
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @Test
    void oneByOneAndAllAtOnceGiveTheSame() {
        var random = Samples.random(new Random(11), 120);
        var copies = random.stream()
                .map(one -> result("t", one.startedAt(), one.vouches(), one.standing(), ""))
                .toList();

        random.forEach(one -> put(List.of(one)));
        put(copies);

        for (var query : List.of(
                "SELECT string_agg(since || ' ' || until || ' ' || status || ' ' || runs, ';' ORDER BY since)"
                        + " FROM koda_ops.status_interval WHERE subject = '%s'",
                "SELECT string_agg(bucket || ' ' || passes || ' ' || warns || ' ' || fails || ' ' || unknowns || ' '"
                        + " || latency_max_us || ' ' || latencies::text, ';' ORDER BY bucket)"
                        + " FROM koda_ops.rollup_5m WHERE subject = '%s'",
                "SELECT string_agg(opened_at || ' ' || coalesce(closed_at::text, '-') || ' ' || failures || ' ' || reason,"
                        + " ';' ORDER BY opened_at) FROM koda_ops.incident WHERE subject = '%s'",
                "SELECT verified_at || ' ' || until || ' ' || status || ' ' || runs FROM koda_ops.subject WHERE id = '%s'")) {
            assertThat(database.ask(query.formatted("s")))
                    .isNotEqualTo("null")
                    .isEqualTo(database.ask(query.formatted("t")));
        }
        assertThat(database.ask("SELECT sum(passes + warns + fails + unknowns) FROM koda_ops.rollup_1h"))
                .isEqualTo("240");
    }

    @Test
    void whatComesTooLateIsKeptAndChangesNoInterval() {
        put(List.of(result("s", START.plusSeconds(60), Standing.PASS)));
        put(List.of(result("s", START, Standing.FAIL)));

        assertThat(database.ask("SELECT count(*) FROM koda_ops.verification")).isEqualTo("2");
        assertThat(database.ask("SELECT count(*) FROM koda_ops.status_interval WHERE status = 2"))
                .isEqualTo("0");
        assertThat(database.ask("SELECT count(*) FROM koda_ops.incident")).isEqualTo("0");
    }

    @Test
    void whatIsStoredTwiceCountsOnce() {
        var failed = result("s", START, Standing.FAIL);
        put(List.of(failed));

        var later = result("s", START.plusSeconds(60), Standing.FAIL);
        assertThat(await(results.store(List.of(failed, later, later), this::fence)))
                .containsExactly(later);
        assertThat(await(results.store(List.of(failed, later), this::fence))).isEmpty();

        assertThat(database.ask("SELECT count(*) FROM koda_ops.verification")).isEqualTo("2");
        assertThat(database.ask("SELECT sum(fails) FROM koda_ops.rollup_5m")).isEqualTo("2");
        assertThat(database.ask("SELECT runs || ' ' || incident_failures FROM koda_ops.subject WHERE id = 's'"))
                .isEqualTo("2 2");
    }

    @Test
    void aRotationIsMarkedAtTheFirstResultOfTheNewCredential() {
        put(List.of(result("s", START, Duration.ofMinutes(2), Standing.PASS, "aa")));
        put(List.of(result("s", START.plusSeconds(60), Duration.ofMinutes(2), Standing.FAIL, "bb")));

        assertThat(database.ask("SELECT string_agg(a.kind || ' ' || (a.at = i.since), ',')"
                        + " FROM koda_ops.annotation a JOIN koda_ops.status_interval i ON i.subject = a.subject"
                        + " WHERE i.status = 2"))
                .isEqualTo("rotation true");
    }

    @Test
    void aRotationIsToldOnceWithWhatTellsTheCredentialsApart() {
        var rotated = result("s", START.plusSeconds(60), Duration.ofMinutes(2), Standing.FAIL, "bb");
        put(List.of(result("s", START, Duration.ofMinutes(2), Standing.PASS, "aa")));
        put(List.of(rotated));
        // Told again, because the answer to the first time was lost.
        assertThat(await(results.store(List.of(rotated), this::fence))).isEmpty();
        put(List.of(result("s", START.plusSeconds(120), Duration.ofMinutes(2), Standing.FAIL, "bb")));

        assertThat(trail.events(AuditEventType.CREDENTIAL_ROTATED))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.target()).isEqualTo("s");
                    assertThat(event.details())
                            .containsEntry("from_fingerprint", "aa")
                            .containsEntry("fingerprint", "bb")
                            .containsEntry("status", "fail");
                });
    }

    @Test
    void aRotationIsStoredWithItsResultOrNotAtAll(@TempDir Path directory) {
        var audit = Audit.stored(
                database.vertx(),
                TimeSource.system(),
                store,
                new AuditOptions(
                        directory.resolve("state"),
                        "node-1",
                        Redactor.byShape(),
                        Cursors.ofThisProcess(),
                        Duration.ofDays(90),
                        null,
                        null));
        results = new Results(store, audit.trail());
        put(List.of(result("s", START, Duration.ofMinutes(2), Standing.PASS, "aa")));

        database.execute("ALTER TABLE koda_ops.audit_inbox ADD CONSTRAINT closed CHECK (false) NOT VALID");
        failure(results.store(
                List.of(result("s", START.plusSeconds(60), Duration.ofMinutes(2), Standing.FAIL, "bb")), this::fence));
        assertThat(database.ask("SELECT count(*) FROM koda_ops.verification")).isEqualTo("1");

        database.execute("ALTER TABLE koda_ops.audit_inbox DROP CONSTRAINT closed");
        put(List.of(result("s", START.plusSeconds(60), Duration.ofMinutes(2), Standing.FAIL, "bb")));
        assertThat(database.ask("SELECT string_agg(body::json ->> 'type', ' ') FROM koda_ops.audit_inbox"))
                .isEqualTo("security.credential_rotated");
        await(audit.stop());
    }

    @Test
    void aWriterThatLostItsLeaseLeavesNoTrace() {
        database.execute("UPDATE koda_ops.lease SET expires_at = clock_timestamp() - interval '1 second'");
        assertThat(await(leases.take("verifications", "b", Duration.ofMinutes(5))))
                .isPresent();

        var refused = failure(results.store(List.of(result("s", START, Standing.FAIL)), this::fence));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        fenced -> assertThat(fenced.kind()).isEqualTo(StoreException.Kind.FENCED));
        assertThat(database.ask("SELECT count(*) FROM koda_ops.verification")).isEqualTo("0");
        assertThat(database.ask("SELECT count(*) FROM koda_ops.subject WHERE verified_at IS NOT NULL"))
                .isEqualTo("0");
    }

    @Test
    void writersAtOnceLoseNothing() {
        var writes = new ArrayList<Future<List<Verification>>>();
        for (int i = 0; i < 60; i++) {
            var at = START.plusSeconds(i);
            writes.add(results.store(
                    List.of(result("t", at, Standing.PASS), result("s", at, Standing.FAIL)), Results.Fence.none()));
        }
        writes.forEach(OperationsDatabase::await);

        assertThat(database.ask("SELECT sum(passes) || ' ' || sum(fails) FROM koda_ops.rollup_5m"))
                .isEqualTo("60 60");
        assertThat(database.ask("SELECT count(*) FROM koda_ops.verification")).isEqualTo("120");
        assertThat(database.ask("SELECT count(*) FROM koda_ops.incident")).isEqualTo("1");
    }

    @Test
    void partitionsComeAheadAndGoWhenTheyAreOver() {
        put(List.of(result("s", START, Standing.PASS)));
        var beforeItsPartition = START.plus(Duration.ofDays(8));
        put(List.of(result("s", beforeItsPartition, Standing.FAIL)));
        assertThat(database.ask("SELECT count(*) FROM koda_ops.verification_default"))
                .isEqualTo("1");

        tend(beforeItsPartition);

        assertThat(database.ask("SELECT count(*) FROM koda_ops.verification_default"))
                .isEqualTo("0");
        assertThat(database.ask("SELECT string_agg(status::text, ',') FROM koda_ops.verification"))
                .as("the first day is over, the late one moved to its partition")
                .isEqualTo("2");
        assertThat(database.ask("SELECT count(*) FROM koda_ops.rollup_5m")).isEqualTo("2");
        tend(START.plus(Duration.ofDays(98)));
        assertThat(database.ask("SELECT count(*) FROM koda_ops.rollup_5m")).isEqualTo("1");
        assertThat(database.ask("SELECT count(*) FROM koda_ops.rollup_1h")).isEqualTo("2");
    }

    @Test
    void aServerWhoseClockIsAheadHoldsNobodyOff() {
        var now = Instant.now();
        put(List.of(result("s", now.minusSeconds(60), Standing.PASS)));
        put(List.of(result("s", now.plusSeconds(3_600), Standing.PASS)));

        put(List.of(result("s", now, Standing.FAIL)));
        put(List.of(result("s", now.plusSeconds(30), Standing.FAIL)));

        assertThat(database.ask("SELECT status || ' ' || runs FROM koda_ops.subject WHERE id = 's'"))
                .isEqualTo("2 2");
        assertThat(database.ask(
                        "SELECT string_agg(status || ' ' || date_part('epoch', until - since), ',' ORDER BY since)"
                                + " FROM koda_ops.status_interval"))
                .as("without overlap")
                .isEqualTo("0 60,2 150");
        assertThat(database.ask("SELECT failures FROM koda_ops.incident WHERE closed_at IS NULL"))
                .isEqualTo("2");
    }

    @Test
    void theIncidentOfWhatIsDeclaredNoMoreIsClosed() {
        put(List.of(result("s", START, Standing.FAIL), result("t", START, Standing.FAIL)));

        await(new Subjects(store).retireOthers(Subject.Type.INTEGRATION, null, List.of("t")));

        assertThat(database.ask("SELECT string_agg(subject, ',') FROM koda_ops.incident WHERE closed_at IS NULL"))
                .isEqualTo("t");
        await(new Subjects(store).declare(List.of(subject("s"))));
        put(List.of(result("s", START.plusSeconds(60), Standing.FAIL)));
        assertThat(database.ask("SELECT count(*) FROM koda_ops.incident WHERE subject = 's'"))
                .as("another one")
                .isEqualTo("2");
    }

    @Test
    void whatIsDeclaredNoMoreIsNotActive() {
        var subjects = new Subjects(store);

        await(subjects.retireOthers(Subject.Type.INTEGRATION, null, List.of("t")));
        assertThat(database.ask("SELECT string_agg(id, ',') FROM koda_ops.subject WHERE is_active"))
                .isEqualTo("t");
        await(subjects.declare(List.of(subject("s"))));

        assertThat(database.ask("SELECT string_agg(id, ',' ORDER BY id) FROM koda_ops.subject WHERE is_active"))
                .isEqualTo("s,t");
    }

    private Future<Void> fence(io.vertx.sqlclient.SqlConnection connection) {
        return leases.fence(connection, lease);
    }

    private void tend(Instant now) {
        TimePartitions.ALL.forEach(one -> await(one.tend(store, leases, lease, now)));
    }

    private void put(List<Verification> some) {
        assertThat(await(results.store(some, this::fence))).hasSize(some.size());
    }

    private static Subject subject(String id) {
        return new Subject(
                id, Subject.Type.INTEGRATION, "provider", "Name of " + id, "settings", Duration.ofMinutes(1));
    }
}
