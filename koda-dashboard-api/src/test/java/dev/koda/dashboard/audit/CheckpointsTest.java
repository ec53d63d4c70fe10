package dev.koda.dashboard.audit;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    private final TimeSource time = TimeSource.system();
    private final EventStamp stamp = EventStamp.of(time, Redactor.byShape(), "node-1");
    private final SigningKey key = SigningKey.generate();
    private final List<AuditEvent> told = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private OwnDirectory own = OwnDirectory.of(Path.of(""));
    private OperationsDatabase database;
    private OperationsStore store;
    private Lease lease;
    private Sealing sealing;
    private Checkpoints checkpoints;

    @BeforeEach
    void open() {
        own = OwnDirectory.of(directory);
        use(OperationsDatabase.migrated());
    }

    private void use(OperationsDatabase made) {
        database = made;
        store = database.store();
        var leases = Leases.in(store);
        lease = await(leases.take("sealer", "a", Duration.ofMinutes(5))).orElseThrow();
        sealing = new Sealing(store, leases);
        await(new Partitions(store, leases, 10_000).tend(lease, 0));
        checkpoints = started();
    }

    private Checkpoints started() {
        AuditTrail trail = event -> {
            told.add(event);
            return Future.succeededFuture();
        };
        var made = new Checkpoints(store, time, key, new LastSigned(database.vertx(), own), trail);
        await(made.resume());
        return made;
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        database.close();
        own.close();
    }

    @Test
    void aThousandEventsAreSignedAndFewerLater() {
        await(checkpoints.note(seal(999)));
        assertThat(signed()).isEqualTo("");

        await(checkpoints.note(seal(1)));

        assertThat(signed()).isEqualTo("1000");
        assertThat(told).isEmpty();
    }

    @Test
    void aLogWhoseNumbersWentBackIsToldAndSignedOn() {
        keepStateAfter(seal(5));
        await(checkpoints.sign(seal(5)));
        restore();

        await(checkpoints.note(await(sealing.head())));

        assertThat(told).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(AuditEventType.AUDIT_LOG_RESTORED);
            assertThat(event.details()).containsEntry("signed_seq", 10L).containsEntry("seq", 5L);
        });
        await(checkpoints.note(seal(7)));
        await(checkpoints.sign(await(sealing.head())));
        assertThat(told).hasSize(1);
        assertThat(signed()).isEqualTo("5 12");
    }

    @Test
    void whatIsNotInTheLogIsNotSigned() {
        var head = seal(5);

        await(checkpoints.sign(new Sealing.Head(5, Buffer.buffer(new byte[ChainLink.LENGTH]))));
        assertThat(signed()).isEqualTo("");

        await(checkpoints.sign(head));
        assertThat(signed()).isEqualTo("5");
    }

    @Test
    void aLogThatHasGrownSinceItsRestoreIsToldBeforeItIsSigned() {
        keepStateAfter(seal(5));
        await(checkpoints.sign(seal(5)));
        restore();

        await(checkpoints.sign(seal(20)));

        assertThat(told).hasSize(1);
        assertThat(signed()).isEqualTo("25");
    }

    @Test
    void whoWasStartedAgainKnowsWhatItHasSigned() {
        keepStateAfter(seal(5));
        await(checkpoints.sign(seal(5)));
        restore();
        checkpoints = started();

        await(checkpoints.sign(seal(20)));
        assertThat(told).hasSize(1);

        checkpoints = started();
        await(checkpoints.sign(seal(20)));
        assertThat(told).hasSize(1);
    }

    @Test
    void anotherDatabaseIsNoRestoredOne() throws IOException {
        await(checkpoints.sign(seal(5)));
        store.close();
        database.close();
        use(OperationsDatabase.migratedByItself());

        await(checkpoints.sign(seal(2)));

        assertThat(told).isEmpty();
        assertThat(Files.readString(directory.resolve(LastSigned.NAME))).contains("koda-audit-checkpoint/v1 2 ");
    }

    private void keepStateAfter(Sealing.Head head) {
        assertThat(head.seq()).isEqualTo(5);
        database.execute("CREATE TABLE kept AS SELECT * FROM koda_ops.audit_head");
    }

    private void restore() {
        database.execute("DELETE FROM koda_ops.audit_log WHERE seq > (SELECT seq FROM kept);"
                + "DELETE FROM koda_ops.audit_checkpoint WHERE seq > (SELECT seq FROM kept);"
                + "UPDATE koda_ops.audit_head h SET seq = k.seq, hash = k.hash FROM kept k");
    }

    private String signed() {
        return database.ask(
                "SELECT coalesce(string_agg(seq::text, ' ' ORDER BY seq), '') FROM koda_ops.audit_checkpoint");
    }

    private Sealing.Head seal(int count) {
        await(new Inbox(store)
                .put(IntStream.range(0, count)
                        .mapToObj(i -> stamp.stamp(AuditEvent.of(AuditEventType.OPERATOR_LOGIN_FAILED)
                                .with("attempt", i)))
                        .toList()));
        return await(sealing.seal(lease)).head();
    }
}
