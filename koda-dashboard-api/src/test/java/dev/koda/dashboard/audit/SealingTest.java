package dev.koda.dashboard.audit;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static dev.koda.dashboard.store.OperationsDatabase.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.store.StoreException;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SealingTest {
    private final TimeSource time = TimeSource.system();
    private final EventStamp stamp = EventStamp.of(time, Redactor.byShape(), "node-1");
    private final SigningKey key = SigningKey.generate();
    private OperationsDatabase database;
    private OperationsStore store;
    private Inbox inbox;
    private Leases leases;
    private Lease lease;
    private Sealing sealing;
    private Partitions partitions;

    @BeforeEach
    void open() {
        database = OperationsDatabase.migrated();
        store = database.store();
        inbox = new Inbox(store);
        leases = Leases.in(store);
        lease = await(leases.take("sealer", "a", Duration.ofMinutes(5))).orElseThrow();
        sealing = new Sealing(store, leases);
        partitions = new Partitions(store, leases, 100);
        await(partitions.tend(lease, 0));
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @Test
    void whatArrivesIsNumberedWithoutHolesAndChained() {
        for (int i = 0; i < 3; i++) {
            put(70);
            seal();
        }

        assertThat(database.ask("SELECT count(*) || ' ' || min(seq) || ' ' || max(seq) FROM koda_ops.audit_log"))
                .isEqualTo("210 1 210");
        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_inbox")).isEqualTo("0");
        assertThat(verified(List.of()).faults()).isEmpty();
    }

    @Test
    void aFullPartitionIsClosedAndNothingGoesToTheOneForEverythingElse() {
        for (int i = 0; i < 3; i++) {
            put(120);
            await(partitions.tend(lease, seal().head().seq()));
        }
        put(5);
        seal();

        assertThat(await(partitions.list()).stream().map(Partitions.Partition::from))
                .containsExactly(1L, 121L, 241L, 361L);
        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_log_361")).isEqualTo("5");
        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_log_default"))
                .isEqualTo("0");
        assertThat(verified(List.of()).faults()).isEmpty();
    }

    @Test
    void aWriterThatCommitsLateIsSealedLaterAndNotLost() throws SQLException {
        try (var late = database.connect();
                var insert = late.createStatement()) {
            late.setAutoCommit(false);
            insert.execute("INSERT INTO koda_ops.audit_inbox (id, received_at, body) VALUES ('" + UUID.randomUUID()
                    + "', clock_timestamp() - interval '1 hour', '{}')");
            put(10);
            seal();
            assertThat(database.ask("SELECT max(seq) FROM koda_ops.audit_log")).isEqualTo("10");

            late.commit();
            seal();
        }

        assertThat(database.ask("SELECT type FROM koda_ops.audit_log WHERE seq = 11"))
                .isEqualTo("security.unreadable_event");
        assertThat(verified(List.of()).faults()).isEmpty();
    }

    @Test
    void whatIsPutAgainIsSealedOnce() {
        var events = events(20);
        await(inbox.put(events));
        await(inbox.putAgain(events));
        seal();
        await(inbox.putAgain(events));
        put(1);
        seal();

        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_log")).isEqualTo("21");
    }

    @Test
    void anInsertThatArrivesWhenItsEventIsSealedLongSinceIsSealedOnce() {
        var events = events(3);
        await(inbox.putAgain(events));
        assertThat(seal().taken()).isEqualTo(3);

        await(inbox.put(events));
        put(1);

        assertThat(seal().taken()).isEqualTo(4);
        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_log")).isEqualTo("4");
        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_inbox")).isEqualTo("0");
        database.execute("UPDATE koda_ops.audit_repeated SET sealed_at = sealed_at - interval '8 days'");
        await(sealing.forget());
        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_repeated")).isEqualTo("0");
    }

    @Test
    void whoReadsTheLogForLongStopsNobody() throws SQLException {
        put(120);
        long head = seal().head().seq();
        try (var backup = database.connect();
                var read = backup.createStatement()) {
            backup.setAutoCommit(false);
            read.execute("LOCK TABLE koda_ops.audit_log IN ACCESS SHARE MODE");
            long begun = System.nanoTime();

            await(partitions.tend(lease, head));

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
            put(5);
            assertThat(seal().head().seq()).isEqualTo(125);
            assertThat(await(partitions.list())).hasSize(1);
        }
        await(partitions.tend(lease, 125));

        assertThat(await(partitions.list()).stream().map(Partitions.Partition::from))
                .containsExactly(1L, 126L);
        assertThat(verified(List.of()).faults()).isEmpty();
    }

    @Test
    void eventsThatWereSealedBeforeTheirTimeWasHashedAreWhole() {
        put(3);
        seal();
        makeTimeless(1);
        put(3);
        seal();
        assertThat(verified(List.of()).faults()).isEmpty();

        database.execute("UPDATE koda_ops.audit_log SET body = replace(body, 'node-1', 'node-2') WHERE seq = 2");
        assertThat(verified(List.of()).faults()).containsExactly("event 2 was changed");
    }

    @Test
    void noneIsSealedLikeThatBehindOneWhoseTimeIsHashed() {
        put(6);
        seal();

        makeTimeless(4);

        assertThat(verified(List.of()).faults())
                .containsExactly("event 4 was changed", "event 5 was changed", "event 6 was changed");
    }

    /** Gives the events from this one on the hashes of the first version. */
    private void makeTimeless(long from) {
        var rows = await(store.query(
                "SELECT seq, previous, body FROM koda_ops.audit_log WHERE seq >= " + from + " ORDER BY seq"));
        var hash = rows.iterator().next().getBuffer("previous").getBytes();
        for (var row : rows) {
            var next = new ChainLink().timelessHash(hash, row.getLong("seq"), row.getString("body"));
            database.execute("UPDATE koda_ops.audit_log SET previous = '" + bytea(hash) + "', hash = '" + bytea(next)
                    + "' WHERE seq = " + row.getLong("seq"));
            hash = next;
        }
        database.execute("UPDATE koda_ops.audit_head SET hash = '" + bytea(hash) + "'");
    }

    private static String bytea(byte[] bytes) {
        return "\\x" + HexFormat.of().formatHex(bytes);
    }

    @Test
    void whatNoColumnHoldsIsSealedAllTheSame() {
        var odd = AuditEvent.of(AuditEventType.OPERATOR_LOGIN_FAILED)
                .by("a\0b" + random(8_000))
                .from("a\uD800")
                .to("\uDC00\0");
        await(inbox.put(List.of(stamp.stamp(odd))));
        insert("{\"id\":\"%s\",\"severity\":\"info\",\"type\":\"a\\u0000\",\"actor\":\"\\ud800\","
                + "\"time\":\"2026-11-28T10:00:00Z\"}");
        insert("{\"id\":\"%s\",\"severity\":\"info\",\"type\":\"a\",\"time\":\"+1000000000-12-31T23:59:59Z\"}");
        put(1);

        assertThat(seal().taken()).isEqualTo(4);
        assertThat(database.ask("SELECT string_agg(type, ' ' ORDER BY received) FROM (SELECT type, seq AS received"
                        + " FROM koda_ops.audit_log) AS log"))
                .isEqualTo("security.operator_login_failed a\uFFFD security.unreadable_event"
                        + " security.operator_login_failed");
        assertThat(database.ask("SELECT left(actor, 3) FROM koda_ops.audit_log WHERE seq = 1"))
                .isEqualTo("a\uFFFDb");
        assertThat(verified(List.of()).faults()).isEmpty();
    }

    @Test
    void anEventThatTheStoreRefusesStopsNoOther() {
        database.execute("ALTER TABLE koda_ops.audit_log ADD CHECK (actor IS DISTINCT FROM 'mallory')");
        put(20);
        var bad =
                stamp.stamp(AuditEvent.of(AuditEventType.OPERATOR_LOGIN_FAILED).by("mallory"));
        await(inbox.put(List.of(bad)));
        put(20);
        for (int i = 0; i < 8; i++) {
            seal();
        }

        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_inbox")).isEqualTo("0");
        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_log")).isEqualTo("41");
        assertThat(database.ask("SELECT seq || ' ' || id FROM koda_ops.audit_log"
                        + " WHERE type = 'security.unreadable_event' AND strpos(body, 'mallory') > 0"))
                .isEqualTo("21 " + bad.id());
        assertThat(verified(List.of()).faults()).isEmpty();
    }

    @Test
    void aSealerThatSleptSealsNothing() {
        put(5);
        database.execute("UPDATE koda_ops.lease SET holder = 'b', epoch = epoch + 1 WHERE name = 'sealer'");

        assertThat(failure(sealing.seal(lease)))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        fenced -> assertThat(fenced.kind()).isEqualTo(StoreException.Kind.FENCED));
        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_inbox")).isEqualTo("5");
    }

    @Test
    void theServingRoleMayNotChangeTheLog() {
        put(3);
        seal();
        for (var sql : List.of(
                "UPDATE koda_ops.audit_log SET actor = 'nobody'",
                "DELETE FROM koda_ops.audit_log",
                "TRUNCATE koda_ops.audit_log",
                "DELETE FROM koda_ops.audit_log_1",
                "UPDATE koda_ops.audit_log_1 SET body = ''",
                "DELETE FROM koda_ops.audit_checkpoint")) {
            assertThat(failure(store.query(sql)))
                    .as(sql)
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(StoreException.Kind.FORBIDDEN));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "edit | UPDATE koda_ops.audit_log SET body = replace(body, 'node-1', 'node-2') WHERE seq = 7",
                "column | UPDATE koda_ops.audit_log SET actor = 'mallory' WHERE seq = 7",
                "time | UPDATE koda_ops.audit_log SET occurred_at = occurred_at + interval '1 microsecond' WHERE seq = 7",
                "time of sealing | UPDATE koda_ops.audit_log SET sealed_at = sealed_at - interval '1 microsecond' WHERE seq = 7",
                "no time | UPDATE koda_ops.audit_log SET occurred_at = 'infinity', sealed_at = '-infinity' WHERE seq = 7",
                "delete | DELETE FROM koda_ops.audit_log WHERE seq = 7",
                "insert | INSERT INTO koda_ops.audit_log SELECT 21, id, occurred_at, sealed_at, type, severity, actor, source, target, body, previous, hash FROM koda_ops.audit_log WHERE seq = 7",
                "reorder | UPDATE koda_ops.audit_log SET seq = CASE seq WHEN 7 THEN 1008 WHEN 8 THEN 1007 ELSE seq END; UPDATE koda_ops.audit_log SET seq = seq - 1000 WHERE seq > 1000",
                "swap | UPDATE koda_ops.audit_log a SET body = b.body FROM koda_ops.audit_log b WHERE (a.seq, b.seq) IN ((7, 8), (8, 7))",
                "truncate | DELETE FROM koda_ops.audit_log WHERE seq > 15; UPDATE koda_ops.audit_head h SET seq = 15, hash = l.hash FROM koda_ops.audit_log l WHERE l.seq = 15; DELETE FROM koda_ops.audit_checkpoint",
            })
    void whatAnIntruderDoesToTheLogIsFound(String what, String sql) {
        put(20);
        var kept = checkpoint(seal().head());
        database.execute(sql);

        assertThat(verified(List.of(kept)).faults()).as(what).isNotEmpty();
    }

    @Test
    void aLogThatIsWrittenAnewIsFoundByWhoKeptACheckpoint() {
        put(20);
        var kept = checkpoint(seal().head());
        database.execute("TRUNCATE koda_ops.audit_log, koda_ops.audit_checkpoint;"
                + "UPDATE koda_ops.audit_head SET seq = 0, hash = decode(repeat('00', 32), 'hex')");
        put(20);
        seal();

        assertThat(verified(List.of()).faults()).isEmpty();
        assertThat(verified(List.of(kept)).faults())
                .singleElement()
                .asString()
                .contains("is not the one that was signed");
    }

    @Test
    void aCheckpointOfAnotherKeyIsFound() {
        put(3);
        var forged = Checkpoint.sign(SigningKey.generate(), seal().head(), time.now());

        assertThat(verified(List.of(forged)).faults())
                .singleElement()
                .asString()
                .contains("is not signed by the key");
    }

    @Test
    void checkpointsBeyondOnePageAreVerifiedToo() {
        put(2_050);
        for (int i = 0; i < 3; i++) {
            seal();
        }
        var seqs = new ArrayList<Long>();
        var notes = new ArrayList<String>();
        for (var row : await(store.query("SELECT seq, hash FROM koda_ops.audit_log ORDER BY seq"))) {
            seqs.add(row.getLong("seq"));
            notes.add(checkpoint(new Sealing.Head(row.getLong("seq"), row.getBuffer("hash")))
                    .line());
        }
        await(store.query(
                "INSERT INTO koda_ops.audit_checkpoint (seq, signed_at, key_id, note)"
                        + " SELECT seq, now(), 'k', note FROM unnest($1::bigint[], $2::text[]) AS c (seq, note)",
                Tuple.tuple().addValue(seqs.toArray(Long[]::new)).addValue(notes.toArray(String[]::new))));

        var verified = verified(List.of());
        assertThat(verified.checkpoints()).isEqualTo(2_050);
        assertThat(verified.faults()).isEmpty();
    }

    private Checkpoint checkpoint(Sealing.Head head) {
        return Checkpoint.sign(key, head, time.now());
    }

    private Verified verified(List<Checkpoint> kept) {
        return await(new ChainVerifier(database.vertx(), store, List.of(key.publicKey()), true, kept).verify());
    }

    private Sealing.Sealed seal() {
        return await(sealing.seal(lease));
    }

    private void insert(String body) {
        var id = UUID.randomUUID();
        await(store.query(
                "INSERT INTO koda_ops.audit_inbox (id, body) VALUES ($1, $2)", Tuple.of(id, body.formatted(id))));
    }

    /** A text that does not get smaller: an index compresses what it can. */
    private static String random(int length) {
        return new Random(4711)
                .ints(length, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private void put(int count) {
        await(inbox.put(events(count)));
    }

    private List<StampedEvent> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> stamp.stamp(AuditEvent.of(AuditEventType.OPERATOR_LOGIN_FAILED)
                        .by("alice")
                        .from("203.0.113." + i)
                        .with("attempt", i)))
                .toList();
    }
}
