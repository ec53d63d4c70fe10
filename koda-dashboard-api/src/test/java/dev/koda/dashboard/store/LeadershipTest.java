package dev.koda.dashboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.testing.VirtualTime;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeadershipTest {
    private final VirtualTime time = new VirtualTime();
    private final Table table = new Table();
    private final List<String> events = new ArrayList<>();

    @Test
    void oneOfTwoHoldsItAndTheOtherFollowsWhenItStops() {
        var first = start("a");
        var second = start("b");

        first.stop();
        time.advance(Leadership.LENGTH);

        assertThat(events).containsExactly("a begins 1", "a ends", "b begins 2");
        second.close();
    }

    @Test
    void aHolderWhoseStoreIsSilentEndsBeforeAnotherCanBegin() {
        var first = start("a");
        table.isDown = true;

        time.advance(Leadership.LENGTH.minusMillis(1));

        assertThat(events).containsExactly("a begins 1", "a ends");
        assertThat(first.lease()).isEmpty();
    }

    @Test
    void oneFailedQuestionCostsNothing() {
        var first = start("a");
        table.isDown = true;
        time.advance(Duration.ofSeconds(3));
        table.isDown = false;
        time.advance(Duration.ofMinutes(1));

        assertThat(events).containsExactly("a begins 1");
        assertThat(first.lease()).isPresent();
    }

    @Test
    void whoComesBackHasANewEpochAndBeginsAnew() {
        start("a");
        table.isDown = true;
        time.advance(Leadership.LENGTH);
        table.isDown = false;
        table.pass("other");
        time.advance(Leadership.LENGTH.multipliedBy(3));

        assertThat(events).containsExactly("a begins 1", "a ends", "a begins 3");
    }

    private Leadership start(String holder) {
        return Leadership.start("duty", holder, table, time, new Leadership.Duty() {
            @Override
            public void begin(Lease lease) {
                events.add(holder + " begins " + lease.epoch());
            }

            @Override
            public void end() {
                events.add(holder + " ends");
            }
        });
    }

    /** The row of one lease, and a database that may be down. */
    private final class Table implements Leases {
        private boolean isDown;
        private String holder = "";
        private long epoch;
        private long expires = Long.MIN_VALUE;

        void pass(String to) {
            holder = to;
            epoch++;
            expires = time.nanos() + Leadership.LENGTH.toNanos();
        }

        @Override
        public Future<Optional<Lease>> take(String name, String who, Duration length) {
            if (isDown) {
                return Future.failedFuture("down");
            }
            if (!holder.equals(who)) {
                if (time.nanos() < expires) {
                    return Future.succeededFuture(Optional.empty());
                }
                pass(who);
            }
            expires = time.nanos() + length.toNanos();
            return Future.succeededFuture(Optional.of(new Lease(name, who, epoch)));
        }

        @Override
        public Future<Void> release(Lease lease) {
            expires = time.nanos();
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> fence(SqlConnection connection, Lease lease) {
            throw new AssertionError("not asked here");
        }
    }
}
