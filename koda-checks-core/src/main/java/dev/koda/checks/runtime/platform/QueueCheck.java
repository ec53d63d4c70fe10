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

/** Do few items wait for a worker, and are they taken? */
final class QueueCheck implements Check {
    private static final String TABLE = "runtime_queue_items";

    /** As long as Koda's own alert on stuck tasks waits. */
    private static final double STALLED_SECONDS = 600;

    private final PlatformTables tables;
    private final Limit waiting;

    QueueCheck(PlatformTables tables, Limit waiting) {
        this.tables = tables;
        this.waiting = waiting;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        var needed = Map.of(TABLE, List.of("status", "queued_at"));
        return tables.judge(context, needed, sql(), rows -> judge(rows.get(0)));
    }

    /** What is tried again waits for its turn on purpose, so that its age tells nothing. */
    private String sql() {
        return """
                SELECT count(*) FILTER (WHERE status <> 'running') AS waiting,
                       count(*) FILTER (WHERE status = 'running') AS running,
                       max(age) FILTER (WHERE status = 'queued') AS oldest,
                       count(*) FILTER (WHERE status = 'queued' AND age IS NULL) AS unreadable
                  FROM (SELECT status::text AS status, %s AS age FROM %s
                         WHERE status::text IN ('queued', 'retrying', 'running')) items
                """.formatted(PlatformTables.age("queued_at"), tables.named(TABLE));
    }

    private Outcome judge(SqlRow row) {
        long count = row.whole("waiting");
        var depth = Outcome.above("waiting", (double) count, "items")
                .warn(waiting.warn())
                .fail(waiting.fail());
        if (depth.status() != Status.PASS) {
            double crossed = depth.status() == Status.FAIL ? waiting.fail() : waiting.warn();
            return depth.message(count + " items wait in queues, limit " + (long) crossed)
                    .reason("queue_deep")
                    .hint(
                            "see whether the workers run and their providers answer; the line for psql tells whose queue it is");
        }
        double oldest = Math.max(0, row.real("oldest"));
        if (row.whole("running") == 0 && oldest > STALLED_SECONDS) {
            return Outcome.warn(count + " items wait and none runs; the oldest has waited for " + (long) oldest
                            + " s, limit " + (long) STALLED_SECONDS + " s")
                    .reason("queue_stalled")
                    .hint("see whether the worker of that agent runs, and whether the agent is paused")
                    .observed("oldest", oldest, "seconds");
        }
        return depth.message(count + " items wait and " + row.whole("running") + " run, limit " + (long) waiting.warn())
                .observed("unreadable", row.whole("unreadable"), "items");
    }
}
