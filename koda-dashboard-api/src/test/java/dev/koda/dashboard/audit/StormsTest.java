package dev.koda.dashboard.audit;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Redactor;
import dev.koda.checks.testing.VirtualTime;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StormsTest {
    private final VirtualTime time = new VirtualTime();
    private final EventStamp stamp = EventStamp.of(time, Redactor.byShape(), "node-1");
    private final List<AuditEvent> told = new ArrayList<>();
    private OperationsDatabase database;
    private OperationsStore store;
    private Lease sealer;
    private Lease lease;
    private Sealing sealing;
    private StormBook book;
    private StormWatch watch;

    @BeforeEach
    void open() {
        database = OperationsDatabase.migrated();
        store = database.store();
        var leases = Leases.in(store);
        sealer = await(leases.take("audit-sealer", "a", Duration.ofMinutes(5))).orElseThrow();
        lease = await(leases.take("audit-storms", "a", Duration.ofMinutes(5))).orElseThrow();
        sealing = new Sealing(store, leases);
        await(new Partitions(store, leases, Partitions.EVENTS).tend(sealer, 0));
        book = new StormBook(store, leases);
        watch = started();
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @Test
    void fiveFailedLoginsOfAnAccountAreABurstUntilItIsQuiet() {
        for (int i = 0; i < 4; i++) {
            happens(AuditEvent.failedLogin("203.0.113." + i, "alice", "wrong_credentials"));
        }
        pass();
        assertThat(storms()).isEmpty();

        happens(AuditEvent.failedLogin("203.0.113.9", "alice", "wrong_credentials"));
        happens(AuditEvent.failedLogin("203.0.113.9", "alice", "wrong_credentials"));
        pass();
        assertThat(storms()).singleElement().satisfies(storm -> {
            assertThat(storm.kind()).isEqualTo("login_burst");
            assertThat(storm.key()).isEqualTo("alice");
            assertThat(storm.events()).isEqualTo(6);
            assertThat(storm.firstSeq()).isEqualTo(1);
            assertThat(storm.endedAt()).isNull();
        });

        time.advance(Duration.ofMinutes(6));
        pass();
        assertThat(storms().get(0).endedAt()).isNotNull();
        assertThat(told.stream().map(AuditEvent::type))
                .containsExactly(AuditEventType.STORM_STARTED, AuditEventType.STORM_ENDED);
    }

    @Test
    void manyAccountsFromOneAddressAreASpray() {
        for (int i = 0; i < 5; i++) {
            happens(AuditEvent.failedLogin("203.0.113.7", "user-" + i, "wrong_credentials"));
        }
        pass();

        assertThat(storms()).singleElement().satisfies(storm -> {
            assertThat(storm.kind()).isEqualTo("spray");
            assertThat(storm.key()).isEqualTo("203.0.113.7");
        });
    }

    @Test
    void aSlowTrickleIsNone() {
        for (int i = 0; i < 12; i++) {
            happens(AuditEvent.failedLogin("203.0.113." + i, "alice", "wrong_credentials"));
            time.advance(Duration.ofMinutes(2));
        }
        pass();

        assertThat(storms()).isEmpty();
    }

    @Test
    void aKeyThatNoColumnHoldsStopsNothing() {
        for (int i = 0; i < 5; i++) {
            happens(AuditEvent.failedLogin("203.0.113.7", "a\0b" + "x".repeat(5_000), "wrong_credentials"));
        }
        pass();

        assertThat(storms())
                .singleElement()
                .satisfies(storm -> assertThat(storm.key()).startsWith("a\uFFFDbx"));
    }

    @Test
    void accountsOfKodaAreItsActors() {
        for (int i = 0; i < 5; i++) {
            happens(AuditEvent.of(AuditEventType.OPERATOR_LOGIN_FAILED).by("alice"));
        }
        pass();

        assertThat(storms())
                .singleElement()
                .satisfies(storm -> assertThat(storm.key()).isEqualTo("alice"));
    }

    @Test
    void lockoutsRejectionsAndRateLimitsHaveTheirOwn() {
        for (int i = 0; i < 3; i++) {
            happens(AuditEvent.of(AuditEventType.LOCKOUT_STARTED).to("user-" + i));
        }
        for (int i = 0; i < 10; i++) {
            happens(AuditEvent.of(AuditEventType.AUTH_FAILURE).from("203.0.113.7"));
            happens(AuditEvent.of(AuditEventType.RATE_LIMITED).from("203.0.113.8"));
        }
        pass();

        assertThat(storms().stream().map(Storm::kind))
                .containsExactlyInAnyOrder("lockout_wave", "rejected_messages", "rate_limits");
    }

    @Test
    void whoFollowsGoesOnWithTheSameRecord() {
        for (int i = 0; i < 7; i++) {
            happens(AuditEvent.failedLogin("203.0.113." + i, "alice", "wrong_credentials"));
        }
        pass();
        watch = started();
        happens(AuditEvent.failedLogin("203.0.113.8", "alice", "wrong_credentials"));
        pass();

        assertThat(storms())
                .singleElement()
                .satisfies(storm -> assertThat(storm.events()).isEqualTo(8));
        time.advance(Duration.ofMinutes(6));
        pass();
        assertThat(told.stream().map(AuditEvent::type))
                .containsExactly(AuditEventType.STORM_STARTED, AuditEventType.STORM_ENDED);
    }

    @Test
    void whoFollowsRemembersTheEventsBefore() {
        for (int i = 0; i < 4; i++) {
            happens(AuditEvent.failedLogin("203.0.113." + i, "alice", "wrong_credentials"));
        }
        pass();
        watch = started();
        happens(AuditEvent.failedLogin("203.0.113.8", "alice", "wrong_credentials"));
        pass();

        assertThat(storms()).hasSize(1);
    }

    @Test
    void eventsThatNobodySealsAreASilence() {
        database.execute("INSERT INTO koda_ops.audit_inbox (id, received_at, body) VALUES ('" + UUID.randomUUID()
                + "', clock_timestamp() - interval '1 minute', '{}')");
        pass();
        assertThat(storms())
                .singleElement()
                .satisfies(storm -> assertThat(storm.kind()).isEqualTo("silence"));

        await(sealing.seal(sealer));
        pass();
        assertThat(storms().get(0).endedAt()).isNotNull();
    }

    private StormWatch started() {
        AuditTrail trail = event -> {
            told.add(event);
            return Future.succeededFuture();
        };
        var made = new StormWatch(book, new LogReader(store), trail, time);
        await(made.resume());
        return made;
    }

    private void happens(AuditEvent event) {
        await(new Inbox(store).put(List.of(stamp.stamp(event))));
    }

    private void pass() {
        if (!database.ask(
                        "SELECT count(*) FROM koda_ops.audit_inbox WHERE received_at < clock_timestamp() - interval '30 seconds'")
                .equals("1")) {
            await(sealing.seal(sealer));
        }
        await(watch.pass(lease));
    }

    private List<Storm> storms() {
        return await(book.list(false, Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1), 50));
    }
}
