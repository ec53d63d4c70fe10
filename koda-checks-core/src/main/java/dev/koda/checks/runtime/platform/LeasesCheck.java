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

/** Is every running task leased by somebody who still renews it? Koda's janitor ends those that are not. */
final class LeasesCheck implements Check {
    private static final List<String> COLUMNS = List.of("status", "lease_expires_at");

    private final PlatformTables tables;
    private final Limit expired;

    LeasesCheck(PlatformTables tables, Limit expired) {
        this.tables = tables;
        this.expired = expired;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        var needed = Map.of("tasks", COLUMNS, "scheduled_job_runs", COLUMNS);
        return tables.judge(context, needed, sql(), rows -> judge(rows.get(0)));
    }

    private String sql() {
        return """
                WITH leased_tasks AS (%s), leased_runs AS (%s)
                SELECT (SELECT count(*) FROM leased_tasks) AS tasks, (SELECT max(age) FROM leased_tasks) AS task_age,
                       (SELECT count(*) FROM leased_tasks WHERE age > %3$s) AS task_expired,
                       (SELECT count(*) FROM leased_runs) AS runs, (SELECT max(age) FROM leased_runs) AS run_age,
                       (SELECT count(*) FROM leased_runs WHERE age > %3$s) AS run_expired
                """.formatted(leased("tasks"), leased("scheduled_job_runs"), Math.min(expired.warn(), 1e9));
    }

    private String leased(String table) {
        return "SELECT " + PlatformTables.age("lease_expires_at") + " AS age FROM " + tables.named(table)
                + " WHERE status::text = 'running' AND lease_expires_at IS NOT NULL";
    }

    private Outcome judge(SqlRow row) {
        var pass = Outcome.pass(row.whole("tasks") + " tasks and " + row.whole("runs")
                + " scheduled runs are leased, none expired for more than " + (long) expired.warn() + " s");
        return Outcome.combined(List.of(judge(row, "task", expired), judge(row, "run", runs())), pass)
                .observed("tasks", row.whole("tasks"), "tasks")
                .observed("runs", row.whole("runs"), "runs");
    }

    /** The janitor is for tasks; when the scheduler takes an expired run again is its own affair. */
    private Limit runs() {
        return new Limit(expired.warn(), Double.POSITIVE_INFINITY);
    }

    private static Outcome judge(SqlRow row, String what, Limit limit) {
        double age = Math.max(0, row.real(what + "_age"));
        var judged = Outcome.above(what + "_expired", age, "seconds").warn(limit.warn());
        var outcome = Double.isFinite(limit.fail()) ? judged.fail(limit.fail()) : judged.neverFails();
        if (outcome.status() == Status.PASS) {
            return outcome;
        }
        double crossed = outcome.status() == Status.FAIL ? limit.fail() : limit.warn();
        return outcome.message(row.whole(what + "_expired") + " running " + what + "s have an expired lease, one for "
                        + (long) age + " s, limit " + (long) crossed + " s")
                .reason("lease_expired")
                .hint("see whether the worker runs: its loop task_lease_janitor ends such tasks; a restart of it starts"
                        + " the loop again");
    }
}
