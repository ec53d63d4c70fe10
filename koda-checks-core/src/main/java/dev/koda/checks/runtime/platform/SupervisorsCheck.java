package dev.koda.checks.runtime.platform;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.runtime.platform.PlatformOptions.Limit;
import dev.koda.checks.sql.SqlRow;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Does a supervisor of the cluster give signs of life, and take work? */
final class SupervisorsCheck implements Check {
    private static final String TABLE = "cp_supervisor_runtimes";

    /** A row that is older is of a replica that was replaced, or of a time before cluster mode was switched off. */
    private static final double REMEMBERED_SECONDS = 3600;

    private static final double DAY_SECONDS = 86_400;
    private static final double FUTURE_SECONDS = 60;

    private final PlatformTables tables;
    private final Limit heartbeat;

    SupervisorsCheck(PlatformTables tables, Limit heartbeat) {
        this.tables = tables;
        this.heartbeat = heartbeat;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        var needed = Map.of(TABLE, List.of("heartbeat_at", "draining"));
        return tables.judge(context, needed, sql(), rows -> judge(rows.get(0)));
    }

    /** Who drains is written as a boolean or as a number. */
    private String sql() {
        double fresh = Math.min(heartbeat.warn(), REMEMBERED_SECONDS);
        return """
                WITH seen AS (
                  SELECT %s AS age, coalesce(lower(draining::text) IN ('t', 'true', '1', 'yes', 'on'), false) AS drains
                    FROM %s)
                SELECT count(*) AS supervisors, count(*) FILTER (WHERE age IS NULL) AS unreadable,
                       count(*) FILTER (WHERE age < %4$s) AS future,
                       count(*) FILTER (WHERE age BETWEEN %4$s AND %3$s) AS fresh,
                       count(*) FILTER (WHERE age BETWEEN %4$s AND %3$s AND drains) AS draining,
                       count(*) FILTER (WHERE age > %3$s AND age <= %5$s) AS late,
                       min(age) FILTER (WHERE age >= %4$s) AS newest
                  FROM seen
                """.formatted(
                PlatformTables.age("heartbeat_at"), tables.named(TABLE), fresh, -FUTURE_SECONDS, REMEMBERED_SECONDS);
    }

    private Outcome judge(SqlRow row) {
        long all = row.whole("supervisors");
        if (all == 0) {
            return Outcome.skipped("no supervisor has registered: cluster mode is off");
        }
        if (row.isNull("newest")) {
            return row.whole("future") > 0 ? ahead() : unreadable(all);
        }
        double newest = Math.max(0, row.real("newest"));
        var outcome = Outcome.above("heartbeat", newest, "seconds")
                .warn(heartbeat.warn())
                .fail(heartbeat.fail());
        return outcome.status() == Status.PASS ? judgeFresh(row, outcome) : silent(newest, outcome);
    }

    private Outcome silent(double newest, Outcome outcome) {
        var crossed = outcome.status() == Status.FAIL ? heartbeat.fail() : heartbeat.warn();
        var message =
                "the newest heartbeat of a supervisor is " + (long) newest + " s old, limit " + (long) crossed + " s";
        if (newest > DAY_SECONDS) {
            return Outcome.warn(message + "; if cluster mode was switched off since, nothing is wrong")
                    .reason("heartbeat_late")
                    .hint("start the supervisors, or delete the rows of " + tables.named(TABLE)
                            + " if there is no cluster any more")
                    .observed("heartbeat", newest, "seconds");
        }
        return outcome.message(message)
                .reason("heartbeat_late")
                .hint("see whether Koda's app runs and reaches this database, and its log");
    }

    private Outcome judgeFresh(SqlRow row, Outcome outcome) {
        long fresh = row.whole("fresh");
        long draining = row.whole("draining");
        if (fresh > 0 && draining == fresh) {
            return Outcome.fail((fresh == 1
                                    ? "the only live supervisor drains"
                                    : "all " + fresh + " live supervisors drain")
                            + ": no new work is taken")
                    .reason("all_draining")
                    .hint("wait if this is an update; else POST /cluster/undrain to Koda's control plane")
                    .observed("draining", draining, "supervisors");
        }
        if (row.whole("late") > 0) {
            return Outcome.warn(row.whole("late") + " supervisors have been silent for more than "
                            + (long) heartbeat.warn() + " s, within the last hour; " + fresh + " are alive")
                    .reason("heartbeat_late")
                    .hint(
                            "see whether each replica of Koda's app runs; one that was replaced is forgotten after an hour")
                    .observed("late", row.whole("late"), "supervisors");
        }
        if (draining > 0) {
            return Outcome.warn(draining + " of " + fresh + " live supervisors drain")
                    .reason("draining")
                    .hint("wait if this is an update; else POST /cluster/undrain to Koda's control plane")
                    .observed("draining", draining, "supervisors");
        }
        return outcome.message((fresh == 1 ? "1 supervisor is" : fresh + " supervisors are")
                + " alive and none drains, limit " + (long) heartbeat.warn() + " s without a heartbeat");
    }

    private Outcome unreadable(long all) {
        return Outcome.warn("the heartbeats of " + all + " supervisors are no ISO 8601 time stamps")
                .reason("unreadable_stamp")
                .hint("look at heartbeat_at in " + tables.named(TABLE) + ": Koda writes 2026-01-31T12:00:00+00:00");
    }

    private Outcome ahead() {
        return Outcome.warn("the heartbeat of a supervisor is more than " + (long) FUTURE_SECONDS
                        + " s ahead of the clock of Postgres")
                .reason("future_stamp")
                .hint("synchronise the clocks of the host of Koda's app and of Postgres: timedatectl set-ntp true");
    }
}
