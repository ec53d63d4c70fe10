package dev.koda.dashboard.audit;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static dev.koda.dashboard.store.OperationsDatabase.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.VirtualTime;
import dev.koda.dashboard.http.Refusal;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.store.StoreException;
import io.vertx.core.Future;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private final TimeSource time = TimeSource.system();
    private final EventStamp stamp = EventStamp.of(time, Redactor.byShape(), "node-1");
    private final SigningKey key = SigningKey.generate();
    private final List<AuditEvent> told = new ArrayList<>();
    private final AuditTrail trail = event -> {
        told.add(event);
        return new Inbox(this.store).put(List.of(stamp.stamp(event)));
    };

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private OperationsDatabase database;
    private OperationsStore store;
    private Lease sealer;
    private Lease lease;
    private Partitions partitions;

    /** Three closed partitions of 50 events and an open one, sealed 100, 95 and 10 days ago and now. */
    @BeforeEach
    void fill() {
        database = OperationsDatabase.migrated();
        store = database.store();
        var leases = Leases.in(store);
        sealer = await(leases.take("audit-sealer", "a", Duration.ofMinutes(5))).orElseThrow();
        lease = await(leases.take("audit-retention", "a", Duration.ofMinutes(5)))
                .orElseThrow();
        partitions = new Partitions(store, leases, 50);
        var sealing = new Sealing(store, leases);
        var signed = new LastSigned(database.vertx(), OwnDirectory.of(directory.resolve("own")));
        var checkpoints = new Checkpoints(store, time, key, signed, trail);
        await(partitions.tend(sealer, 0));
        for (int days : new int[] {100, 95, 10}) {
            await(new Inbox(store).put(events(50)));
            long before = await(sealing.seal(sealer)).head().seq() - 50;
            age(before, days);
            var head = await(sealing.head());
            await(checkpoints.sign(head));
            await(partitions.tend(sealer, head.seq()));
        }
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @Test
    void dropsWhatIsOldAndTellsItBefore() {
        assertThat(await(retention(null, trail).apply(lease))).isEqualTo(2);

        assertThat(database.ask("SELECT min(seq) || ' ' || count(*) FROM koda_ops.audit_log"))
                .isEqualTo("101 50");
        assertThat(told).hasSize(2);
        assertThat(told.get(0).details())
                .containsEntry("from", 1L)
                .containsEntry("to", 50L)
                .containsEntry("events", 50L)
                .containsKey("last_hash");
        assertThat(verified().faults()).isEmpty();
        assertThat(await(retention(null, trail).apply(lease))).isZero();
    }

    @Test
    void aBeginningThatRetentionDidNotTakeIsMissing() {
        database.execute("DROP TABLE koda_ops.audit_log_1");
        assertThat(verified().faults()).singleElement().asString().contains("before 51 are missing");

        await(new Inbox(store)
                .put(List.of(stamp.stamp(AuditEvent.of(AuditEventType.AUDIT_RETENTION_APPLIED)
                        .with("to", 50L)
                        .with("last_hash", "00".repeat(32))))));
        assertThat(verified().faults()).hasSize(1);
    }

    @Test
    void whatRetentionToldIsFoundInTheLogToo() {
        await(retention(null, trail).apply(lease));
        await(new Sealing(store, Leases.in(store)).seal(sealer));

        assertThat(verified().faults()).isEmpty();
    }

    @Test
    void theClockOfTheStoreSaysWhatIsOld() {
        var ahead = new VirtualTime();
        ahead.advance(Duration.ofDays(3_650));
        var retention = new Retention(store, partitions, null, trail, ahead, Duration.ofDays(90));

        assertThat(await(retention.apply(lease))).isEqualTo(2);
    }

    @Test
    void checkpointsThatCoverNothingLeaveWithTheEvents() {
        await(retention(null, trail).apply(lease));

        assertThat(database.ask("SELECT string_agg(seq::text, ' ' ORDER BY seq) FROM koda_ops.audit_checkpoint"))
                .isEqualTo("100 150");
        assertThat(failure(store.query("DELETE FROM koda_ops.audit_checkpoint")))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(StoreException.Kind.FORBIDDEN));
    }

    @Test
    void whatLeavesIsInTheArchiveAndCanBeVerifiedThere() throws IOException {
        var archive = directory.resolve("archive");

        await(retention(archive, trail).apply(lease));

        var file = archive.resolve("audit-000000000051-000000000100.ndjson.gz");
        var check = ExportCheck.of(List.of(key.publicText()), List.of());
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            lines.lines().forEach(check::add);
        }
        var verified = check.end();
        assertThat(verified).isEqualTo(new Verified(51, 100, 50, 1, List.of()));
        assertThat(told.get(1).details()).containsEntry("archive", file.toString());
        try (var files = Files.list(archive)) {
            assertThat(files.map(each -> each.getFileName().toString()).sorted())
                    .containsExactly(
                            "audit-000000000001-000000000050.ndjson.gz",
                            file.getFileName().toString());
        }
    }

    @Test
    void whatCannotBeArchivedStays() throws IOException {
        var notADirectory = Files.writeString(directory.resolve("file"), "in the way");

        assertThat(failure(retention(notADirectory, trail).apply(lease))).isInstanceOf(IOException.class);

        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_log")).isEqualTo("150");
        assertThat(told).isEmpty();
    }

    @Test
    void whatCannotBeToldStays() {
        AuditTrail refusing = event -> Future.failedFuture(Refusal.of(503, "audit_unavailable", "not now"));

        assertThat(failure(retention(null, refusing).apply(lease))).isInstanceOf(Refusal.class);

        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_log")).isEqualTo("150");
    }

    @Test
    void whatIsReadForLongIsDroppedLaterAndToldOnce() throws SQLException {
        var retention = retention(null, trail);
        try (var backup = database.connect();
                var read = backup.createStatement()) {
            backup.setAutoCommit(false);
            read.execute("LOCK TABLE koda_ops.audit_log IN ACCESS SHARE MODE");
            for (int i = 0; i < 2; i++) {
                assertThat(failure(retention.apply(lease)))
                        .isInstanceOfSatisfying(
                                StoreException.class,
                                busy -> assertThat(busy.kind()).isEqualTo(StoreException.Kind.IN_USE));
            }
        }

        assertThat(await(retention.apply(lease))).isEqualTo(2);
        assertThat(told).hasSize(2);
        assertThat(verified().faults()).isEmpty();
    }

    @Test
    void whoHasLostItsLeaseDropsNothing() {
        database.execute("UPDATE koda_ops.lease SET holder = 'b', epoch = epoch + 1 WHERE name = 'audit-retention'");

        failure(retention(null, trail).apply(lease));

        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_log")).isEqualTo("150");
    }

    private Verified verified() {
        return await(new ChainVerifier(database.vertx(), store, List.of(key.publicKey()), true, List.of()).verify());
    }

    private Retention retention(@Nullable Path archive, AuditTrail to) {
        var files = archive == null ? null : new Archive(database.vertx(), new LogReader(store), archive);
        return new Retention(store, partitions, files, to, time, Duration.ofDays(90));
    }

    /** Makes the events behind this number, the last ones, look as if they had been sealed so many days ago. */
    private void age(long behind, int days) {
        var log = await(store.query("SELECT seq, sealed_at, previous, body FROM koda_ops.audit_log WHERE seq > "
                + behind + " ORDER BY seq"));
        var hash = log.iterator().next().getBuffer("previous").getBytes();
        for (var row : log) {
            var sealedAt = row.getOffsetDateTime("sealed_at").minusDays(days);
            var next = new ChainLink().hash(hash, row.getLong("seq"), sealedAt.toInstant(), row.getString("body"));
            database.execute("UPDATE koda_ops.audit_log SET sealed_at = '" + sealedAt + "', previous = '" + bytea(hash)
                    + "', hash = '" + bytea(next) + "' WHERE seq = " + row.getLong("seq"));
            hash = next;
        }
        database.execute("UPDATE koda_ops.audit_head SET hash = '" + bytea(hash) + "'");
    }

    private static String bytea(byte[] bytes) {
        return "\\x" + HexFormat.of().formatHex(bytes);
    }

    private List<StampedEvent> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> stamp.stamp(
                        AuditEvent.of(AuditEventType.OPERATOR_LOGIN_FAILED).by("user-" + i)))
                .toList();
    }
}
