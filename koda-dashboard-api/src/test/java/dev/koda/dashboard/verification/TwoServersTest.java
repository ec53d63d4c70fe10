package dev.koda.dashboard.verification;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Outcome;
import dev.koda.checks.testing.VirtualTime;
import dev.koda.dashboard.store.Eventually;
import dev.koda.dashboard.store.OperationsDatabase;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers on one store: real leases and fences, each server on a time of its own. */
class TwoServersTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int INTEGRATIONS = 12;

    /** Beside what each server's own doctor finds. */
    private static final String SCHEDULED = "koda_ops.verification WHERE trigger = 'schedule'";

    private static final String INTERVALS = "koda_ops.status_interval WHERE subject LIKE 'provider%'";

    private OperationsDatabase database;
    private TestServer first;
    private TestServer second;

    @BeforeEach
    void open() {
        database = OperationsDatabase.migrated();
        first = new TestServer(database, new VirtualTime(), "a", INTEGRATIONS, "sk-1");
        second = new TestServer(database, new VirtualTime(), "b", INTEGRATIONS, "sk-1");
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
        database.close();
    }

    @Test
    void eachVerificationIsMadeOnceAlsoWhenTheDutyChangesHands() {
        first.history.begin();
        Eventually.holds(
                LIMIT,
                () -> count("koda_ops.subject WHERE class = 'integration'").equals("12"));
        second.history.begin();
        Eventually.holds(LIMIT, () -> {
            pass(Duration.ofSeconds(10), first, second);
            return Integer.parseInt(count(SCHEDULED)) >= 4 * INTEGRATIONS;
        });

        await(first.history.drain());
        Eventually.holds(LIMIT, () -> {
            pass(Duration.ofSeconds(10), second, first);
            return Integer.parseInt(count(SCHEDULED)) >= 8 * INTEGRATIONS;
        });

        assertThat(database.ask("SELECT string_agg(DISTINCT node, ',' ORDER BY node) FROM " + SCHEDULED))
                .isEqualTo("a,b");
        assertThat(shortestPause())
                .as("the second one goes on where the first ended")
                .isGreaterThanOrEqualTo((double) TestServer.EVERY.toSeconds());
        assertThat(database.ask("SELECT count(*) FROM " + INTERVALS))
                .as("one status, and nothing unknown in between")
                .isEqualTo("12");
    }

    @Test
    void aLeaderThatWasStoppedAndWakesUpWritesNothing() {
        first.history.begin();
        Eventually.holds(
                LIMIT,
                () -> count("koda_ops.subject WHERE class = 'integration'").equals("12"));
        first.checks.values().forEach(check -> check.beSilent());
        Eventually.holds(LIMIT, () -> {
            pass(Duration.ofSeconds(2), first);
            return runs() >= Schedule.AT_ONCE;
        });

        // It is stopped here, in the middle of its checks; its lease runs out.
        database.execute("UPDATE koda_ops.lease SET expires_at = clock_timestamp() - interval '1 second'"
                + " WHERE name = 'verifications'");
        second.time.advance(Duration.ofSeconds(40));
        second.history.begin();
        Eventually.holds(LIMIT, () -> {
            pass(Duration.ofSeconds(20), second);
            return Integer.parseInt(count(SCHEDULED)) >= 2 * INTEGRATIONS;
        });

        first.checks
                .values()
                .forEach(check -> check.complete(Outcome.fail("late").reason("late")));
        first.checks.values().forEach(check -> check.answer(Outcome.fail("late").reason("late")));
        pass(Duration.ofMinutes(3), first, second);
        await(first.store.query("SELECT 1"));

        assertThat(database.ask("SELECT count(*) FROM " + SCHEDULED + " AND node = 'a'"))
                .isEqualTo("0");
        assertThat(count("koda_ops.incident WHERE subject LIKE 'provider%'")).isEqualTo("0");
        assertThat(database.ask("SELECT count(*) || ' ' || max(status) FROM " + INTERVALS))
                .as("one status of each, as the other one saw it")
                .isEqualTo("12 0");
        assertThat(database.ask("SELECT holder || ' ' || epoch FROM koda_ops.lease WHERE name = 'verifications'"))
                .isEqualTo("start of b 2");
    }

    @Test
    void aStoreThatWasAwayForAMomentLosesNoResult() {
        first.history.begin();
        Eventually.holds(
                LIMIT,
                () -> count("koda_ops.subject WHERE class = 'integration'").equals("12"));
        database.execute("ALTER TABLE koda_ops.verification RENAME TO verification_away");
        Eventually.holds(LIMIT, () -> {
            first.time.advance(Duration.ofSeconds(1));
            return first.checks.values().stream().allMatch(check -> check.runs() > 0);
        });
        database.execute("ALTER TABLE koda_ops.verification_away RENAME TO verification");

        pass(Duration.ofSeconds(20), first);
        Eventually.holds(LIMIT, () -> count(SCHEDULED).equals("12"));

        assertThat(shortestPause()).isZero();
    }

    @Test
    void whatIsMadeOutlivesALeaseThatIsLostAndTakenAgain() {
        first.history.begin();
        Eventually.holds(
                LIMIT,
                () -> count("koda_ops.subject WHERE class = 'integration'").equals("12"));
        database.execute("ALTER TABLE koda_ops.verification RENAME TO verification_away");
        Eventually.holds(LIMIT, () -> {
            first.time.advance(Duration.ofSeconds(1));
            return first.checks.values().stream().allMatch(check -> check.runs() > 0);
        });
        database.execute("ALTER TABLE koda_ops.lease RENAME TO lease_away");
        pass(Duration.ofSeconds(14), first);
        database.execute("ALTER TABLE koda_ops.lease_away RENAME TO lease");
        database.execute("ALTER TABLE koda_ops.verification_away RENAME TO verification");

        pass(Duration.ofSeconds(14), first);

        Eventually.holds(
                LIMIT,
                () -> Integer.parseInt(count(SCHEDULED + " AND started_at < '2026-01-01T00:00:30Z'")) == INTEGRATIONS);
        assertThat(database.ask("SELECT epoch FROM koda_ops.lease WHERE name = 'verifications'"))
                .isEqualTo("1");
    }

    @Test
    void aLeaderThatWakesUpAsksNoProviderBeforeItsLease() throws SQLException {
        first.history.begin();
        Eventually.holds(
                LIMIT,
                () -> count("koda_ops.subject WHERE class = 'integration'").equals("12"));
        pass(Duration.ofSeconds(4), first);
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE koda_ops.lease IN ACCESS EXCLUSIVE MODE");
            first.time.advance(Duration.ofSeconds(40));
            assertThat(runs()).isZero();
            connection.rollback();
        }

        Eventually.holds(LIMIT, () -> {
            pass(Duration.ofSeconds(2), first);
            return runs() >= INTEGRATIONS;
        });
    }

    @Test
    void aServerWhoseClockIsYearsAheadRemovesNothing() {
        database.execute("INSERT INTO koda_ops.incident (subject, opened_at, closed_at, failures)"
                + " VALUES ('s', clock_timestamp(), clock_timestamp(), 1)");
        first.time.advance(Duration.ofDays(4_000));

        first.history.begin();
        Eventually.holds(
                LIMIT,
                () -> count("koda_ops.subject WHERE class = 'integration'").equals("12"));

        assertThat(count("koda_ops.incident")).isEqualTo("1");
    }

    private int runs() {
        return first.checks.values().stream().mapToInt(check -> check.runs()).sum();
    }

    /** In seconds; 0 if nothing was verified twice. */
    private double shortestPause() {
        return Double.parseDouble(database.ask("SELECT coalesce(min(date_part('epoch', at - before)), 0) FROM (SELECT"
                + " started_at AS at, lag(started_at) OVER (PARTITION BY subject ORDER BY started_at) AS before"
                + " FROM " + SCHEDULED + ") runs"));
    }

    private String count(String table) {
        return database.ask("SELECT count(*) FROM " + table);
    }

    /** Lets time pass in small steps, and what it starts on the store go on meanwhile. */
    private static void pass(Duration duration, TestServer... servers) {
        for (var step = Duration.ZERO; step.compareTo(duration) < 0; step = step.plusSeconds(2)) {
            for (var server : servers) {
                server.time.advance(Duration.ofSeconds(2));
                await(server.store.query("SELECT 1"));
                await(server.store.query("SELECT 1"));
            }
        }
    }
}
