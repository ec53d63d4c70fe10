package dev.koda.dashboard.verification;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.testing.StubCheck;
import dev.koda.checks.testing.VirtualTime;
import dev.koda.dashboard.sessions.RecordedTrail;
import dev.koda.dashboard.store.OperationsDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DoctorHistoryTest {
    @Test
    void aResultThatIsStoredAgainCountsOnce() {
        var time = new VirtualTime();
        var feed = DoctorFeed.of(time);
        try (var database = OperationsDatabase.migrated();
                var store = database.store();
                var engine = CheckEngine.builder()
                        .time(time)
                        .listener(feed)
                        .check(CheckSpec.of("disk.space")
                                .in(Suite.DOCTOR)
                                .run(StubCheck.answering(Outcome.fail("full").reason("full"))))
                        .build()) {
            var history = new DoctorHistory(
                    engine, feed, new Subjects(store), new Results(store, new RecordedTrail()), time, "node");
            history.watch();
            engine.schedule();
            time.advance(Duration.ZERO);

            // As when the first one is taken for failed, and commits all the same.
            var first = history.store();
            var again = history.store();
            await(first);
            await(again);

            assertThat(database.ask("SELECT count(*) FROM koda_ops.verification"))
                    .isEqualTo("1");
            assertThat(database.ask("SELECT sum(fails) FROM koda_ops.rollup_1h"))
                    .isEqualTo("1");
            assertThat(database.ask("SELECT sum(failures) FROM koda_ops.incident"))
                    .isEqualTo("1");
        }
    }
}
