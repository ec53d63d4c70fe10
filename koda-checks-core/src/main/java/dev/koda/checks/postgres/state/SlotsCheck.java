package dev.koda.checks.postgres.state;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Does a replication slot keep WAL that nobody fetches, until the disk is full? */
final class SlotsCheck implements Check {
    /** Columns of later versions are read by name, so that earlier ones answer too. */
    private static final String SQL = """
            SELECT slot_name::text AS name, active, coalesce(to_jsonb(s) ->> 'wal_status', '') AS wal_status,
                   (pg_wal_lsn_diff(%s, restart_lsn) / 1073741824.0)::float8 AS gibibytes,
                   extract(epoch FROM clock_timestamp() - (to_jsonb(s) ->> 'inactive_since')::timestamptz)::float8
                     AS inactive
              FROM pg_replication_slots s WHERE NOT temporary ORDER BY slot_name
            """.formatted(Wal.POSITION);

    private static final double MINUTE = 60;

    private final SqlQueries queries;
    private final Limit limit;
    private final Limit inactive;

    SlotsCheck(SqlQueries queries, Limit limit, Limit inactive) {
        this.queries = queries;
        this.limit = limit;
        this.inactive = inactive;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return queries.judge(context, SQL, this::judge);
    }

    private Outcome judge(List<SqlRow> rows) {
        if (rows.isEmpty()) {
            return Outcome.pass("there are no replication slots");
        }
        double most =
                rows.stream().mapToDouble(row -> row.real("gibibytes")).max().orElse(0);
        double longest =
                rows.stream().mapToDouble(row -> row.real("inactive")).max().orElse(0) / MINUTE;
        var pass = Outcome.pass(rows.size() + " replication slots keep at most " + Limit.shown(most, Status.PASS)
                + " GiB of WAL, limit " + Limit.plain(limit.warn()) + " GiB");
        return Outcome.combined(rows.stream().map(this::judge).toList(), pass)
                .observed("slots", rows.size(), "slots")
                .observed("retained", most, "gibibytes")
                .observed("inactive", longest, "minutes")
                .threshold(limit.threshold("retained", "gibibytes"))
                .threshold(inactive.threshold("inactive", "minutes"));
    }

    private Outcome judge(SqlRow row) {
        var slot = "slot " + row.text("name");
        var drop = "start what reads the slot, or SELECT pg_drop_replication_slot('"
                + row.text("name", "").replace("'", "''") + "')";
        if (row.text("wal_status", "").equals("lost")) {
            return Outcome.fail(slot + " has lost WAL that its reader needs")
                    .reason("slot_lost")
                    .hint("drop the slot and build its standby or subscription anew");
        }
        var retained = Outcome.above("retained", row.real("gibibytes"), "gibibytes")
                .warn(limit.warn())
                .fail(limit.fail());
        if (retained.status() != Status.PASS) {
            return retained.message(slot + " keeps " + Limit.shown(row.real("gibibytes"), retained.status())
                            + " GiB of WAL, limit " + Limit.plain(limit.crossed(retained.status())) + " GiB")
                    .reason("slot_retains_wal")
                    .hint(drop);
        }
        return fetched(row, slot, drop);
    }

    private Outcome fetched(SqlRow row, String slot, String drop) {
        if (row.text("wal_status", "").equals("unreserved")) {
            return Outcome.warn(slot + " is about to lose WAL that its reader needs")
                    .reason("slot_unreserved")
                    .hint("start what reads the slot at once, or raise max_slot_wal_keep_size");
        }
        double minutes = row.real("inactive") / MINUTE;
        var status = inactive.judge(minutes);
        if (status != Status.PASS) {
            return Outcome.of(
                            status,
                            slot + " has had no reader for " + Limit.shown(minutes, status) + " min, limit "
                                    + Limit.plain(inactive.crossed(status)) + " min")
                    .reason("slot_inactive")
                    .hint(drop);
        }
        return Outcome.pass(slot + " is read");
    }
}
