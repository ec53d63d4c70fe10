package dev.koda.checks.heartbeat;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckId;
import dev.koda.checks.Outcome;
import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Has the job that should run by now run, and done its work? */
final class HeartbeatCheck implements Check {
    private final CheckId id;
    private final Duration every;
    private final Duration grace;
    private final Supplier<Heartbeats.@Nullable Keeper> keeper;
    private final TimeSource time;

    HeartbeatCheck(
            CheckId id, Duration every, Duration grace, Supplier<Heartbeats.@Nullable Keeper> keeper, TimeSource time) {
        this.id = id;
        this.every = every;
        this.grace = grace;
        this.keeper = keeper;
        this.time = time;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        var asked = keeper.get();
        return asked == null
                ? CompletableFuture.completedFuture(
                        Outcome.skipped("no operations store is there to keep heartbeats, so none is expected"))
                : asked.of(id).handle((known, failure) -> failure == null ? judge(known) : unknown());
    }

    private static Outcome unknown() {
        return Outcome.warn("the operations store does not say whether the heartbeat came")
                .reason("store_unavailable")
                .hint("look at the Postgres of OPERATIONS_POSTGRES_DSN");
    }

    private Outcome judge(Heartbeat known) {
        var last = known.last();
        var age = Duration.between(last == null ? known.expectedSince() : last.at(), time.now());
        if (last != null && last.exit() != 0) {
            return aged(
                    Outcome.fail("the run that ended " + text(age) + " ago failed with exit code " + last.exit())
                            .reason("heartbeat_failed")
                            .hint("look at the output of that run; the next one that ends with 0 ends this"),
                    age);
        }
        var heard = last == null
                ? "never heard since it was declared " + text(age) + " ago"
                : "last heard " + text(age) + " ago";
        return aged(timely(heard, age, last == null), age);
    }

    private Outcome timely(String heard, Duration age, boolean isFirst) {
        var rule = ", expected every " + text(every) + " and " + text(grace) + " later at most";
        if (age.compareTo(every.plus(grace)) > 0) {
            return Outcome.fail(heard + rule)
                    .reason("heartbeat_overdue")
                    .hint("look whether the job runs, and can reach this server: koda beat " + id + " -- COMMAND");
        }
        if (age.compareTo(every) > 0) {
            return Outcome.warn(heard + rule).reason("heartbeat_late");
        }
        return isFirst
                ? Outcome.warn("not heard yet; the first is expected in " + text(every.minus(age)))
                        .reason("heartbeat_awaited")
                        .hint("let the job send it: koda beat " + id + " -- COMMAND")
                : Outcome.pass(heard + rule);
    }

    private static Outcome aged(Outcome outcome, Duration age) {
        return outcome.observed("age", Math.max(0, age.toSeconds()), "seconds");
    }

    /** In a unit of which there are two at least. */
    private static String text(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7_200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
    }
}
