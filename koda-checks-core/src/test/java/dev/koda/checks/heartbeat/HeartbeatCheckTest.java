package dev.koda.checks.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Query;
import dev.koda.checks.Reason;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.testing.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatCheckTest {
    private static final CheckId ID = CheckId.of("backup.nightly-copy");

    private final VirtualTime time = new VirtualTime();
    private final Heartbeats heartbeats = Heartbeats.none();
    private final CheckEngine engine = CheckEngine.builder()
            .time(time)
            .check(CheckSpec.of(ID.name())
                    .in(Suite.DOCTOR)
                    .run(heartbeats.expect(ID, Duration.ofHours(24), Duration.ofHours(2), time)))
            .build();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void doesNotApplyWhereNobodyKeepsThem() {
        assertThat(report().checks()).isEmpty();
        assertThat(report().skipped())
                .singleElement()
                .satisfies(skipped -> assertThat(skipped.why()).contains("no operations store"));
        assertThat(heartbeats.expected()).containsExactly(ID);
    }

    @Test
    void passesWhileTheLastOneIsYoungAndWarnsWhileTheNextMayStillCome() {
        heard(0);

        time.advance(Duration.ofHours(23));
        expect(Status.PASS, null, "last heard 23 h ago, expected every 24 h and 2 h later at most");
        time.advance(Duration.ofHours(2));
        expect(Status.WARN, "heartbeat_late", "last heard 25 h ago");
        time.advance(Duration.ofHours(2));
        expect(Status.FAIL, "heartbeat_overdue", "last heard 27 h ago");
        heard(0);
        expect(Status.PASS, null, "last heard 0 s ago");
    }

    @Test
    void failsWhileTheLastRunFailed() {
        heard(3);
        time.advance(Duration.ofMinutes(5));

        expect(Status.FAIL, "heartbeat_failed", "the run that ended 5 min ago failed with exit code 3");
        heard(0);
        expect(Status.PASS, null, "last heard");
    }

    @Test
    void waitsForTheFirstOneAndNotForEver() {
        var declared = time.now();
        heartbeats.keptBy(id -> CompletableFuture.completedFuture(new Heartbeat(declared, null)));

        expect(Status.WARN, "heartbeat_awaited", "not heard yet; the first is expected in 24 h");
        time.advance(Duration.ofHours(27));
        expect(Status.FAIL, "heartbeat_overdue", "never heard since it was declared 27 h ago");
    }

    @Test
    void saysThatItIsNotKnownWhenTheStoreDoesNotAnswer() {
        heartbeats.keptBy(id -> CompletableFuture.failedFuture(new IllegalStateException("secret-4711")));

        expect(Status.WARN, "store_unavailable", "does not say");
        assertThat(result().message()).doesNotContain("secret-4711");
    }

    private void heard(int exit) {
        var beat = new Heartbeat(time.now(), new Heartbeat.Beat(time.now(), exit));
        heartbeats.keptBy(id -> CompletableFuture.completedFuture(beat));
    }

    private void expect(Status status, @Nullable String reason, String message) {
        var result = result();
        assertThat(result.rawStatus()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(reason == null ? null : new Reason(reason));
        assertThat(result.message()).contains(message);
    }

    private CheckResult result() {
        return report().checks().get(0);
    }

    private Report report() {
        return engine.run(Query.of(Suite.DOCTOR).anew()).toCompletableFuture().join();
    }
}
