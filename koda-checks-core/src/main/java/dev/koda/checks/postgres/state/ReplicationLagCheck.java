package dev.koda.checks.postgres.state;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.Threshold;
import dev.koda.checks.TimeSource;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * How far are standbys behind, seen from the primary, or from the standby itself? Both in time and in bytes: on an idle
 * primary the time since the last transaction grows and nothing is missing, and a bulk load is many bytes for a moment.
 */
final class ReplicationLagCheck implements Check {
    private static final String SQL = """
            SELECT %s, pg_is_in_recovery() AS is_standby,
                   (SELECT status FROM pg_stat_wal_receiver) AS receiver,
                   pg_last_wal_receive_lsn() IS NOT NULL AS has_received,
                   pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())::float8 AS unreplayed,
                   extract(epoch FROM clock_timestamp()
                     - coalesce(pg_last_xact_replay_timestamp(), pg_postmaster_start_time()))::float8 AS since_replay,
                   s.pid, s.name, s.replayed, s.position, s.seconds
              FROM (SELECT 1) one
              LEFT JOIN (SELECT pid, coalesce(nullif(application_name, ''), client_addr::text, 'unnamed') AS name,
                                pg_wal_lsn_diff(replay_lsn, '0/0')::float8 AS replayed,
                                pg_wal_lsn_diff(%s, '0/0')::float8 AS position,
                                extract(epoch FROM replay_lag)::float8 AS seconds
                           FROM pg_stat_replication WHERE state IS DISTINCT FROM 'backup') s ON true
            """.formatted(Privilege.COLUMNS, Wal.POSITION);

    private static final double MEBIBYTE = 1 << 20;

    private final SqlQueries queries;
    private final int expected;
    private final Limit seconds;
    private final Limit bytes;
    private final LagMemory memory;

    ReplicationLagCheck(SqlQueries queries, PostgresStateOptions options, TimeSource time) {
        this.queries = queries;
        expected = options.standbys();
        seconds = options.limits().lagSeconds();
        bytes = options.limits().lagBytes();
        memory = new LagMemory(time);
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return queries.judge(context, SQL, this::judge);
    }

    private Outcome judge(List<SqlRow> rows) {
        var row = rows.get(0);
        if (row.isTrue("is_standby")) {
            var missing = Privilege.missing(row, "how a standby receives");
            return missing == null ? ofStandby(row) : missing;
        }
        var standbys = rows.stream().filter(each -> !each.isNull("pid")).toList();
        if (standbys.size() < expected) {
            return Outcome.fail(standbys.size() + " standbys are connected, " + expected + " are expected")
                    .reason("standby_missing")
                    .hint("start the standby; see its log for why it does not reach this server");
        }
        if (standbys.isEmpty()) {
            return Outcome.pass("no standby is connected, and none is expected");
        }
        var missing = Privilege.missing(row, "how far standbys are");
        return missing == null ? worst(standbys) : missing;
    }

    private Outcome ofStandby(SqlRow row) {
        if (row.isTrue("has_received") && row.isNull("receiver")) {
            return Outcome.warn("this standby receives nothing: it is not connected to its primary")
                    .reason("not_streaming")
                    .hint("see primary_conninfo, whether the primary is up, and the log of the standby");
        }
        double unreplayed = Math.max(0, row.real("unreplayed"));
        double behind = unreplayed == 0 ? 0 : Math.max(0, row.real("since_replay"));
        return judge("this standby", behind, unreplayed);
    }

    private Outcome worst(List<SqlRow> standbys) {
        memory.keep(standbys.stream().map(row -> row.whole("pid")).toList());
        return standbys.stream()
                .map(this::ofPrimary)
                .max(Comparator.comparing(Outcome::status))
                .orElseThrow();
    }

    /** What only receives, such as pg_receivewal, replays nothing. */
    private Outcome ofPrimary(SqlRow row) {
        double position = row.real("position");
        double replayed = row.isNull("replayed") ? position : row.real("replayed");
        double observed = memory.seconds(row.whole("pid"), position, replayed);
        return judge(
                "standby " + row.text("name"),
                Math.max(row.real("seconds"), observed),
                Math.max(0, position - replayed));
    }

    private Outcome judge(String who, double behind, double missing) {
        var status = Status.PASS;
        if (behind > seconds.fail() && missing > bytes.fail()) {
            status = Status.FAIL;
        } else if (missing > bytes.fail() || (behind > seconds.warn() && missing > bytes.warn())) {
            status = Status.WARN;
        }
        var limits = status == Status.FAIL ? limit(seconds.fail(), bytes.fail()) : limit(seconds.warn(), bytes.warn());
        var outcome = Outcome.of(
                        status,
                        who + " is " + Limit.shown(behind, seconds.judge(behind)) + " s and "
                                + Limit.shown(missing / MEBIBYTE, bytes.judge(missing)) + " MiB behind, " + limits)
                .observed("lag", behind, "seconds")
                .observed("lag_bytes", (long) missing, "bytes")
                .threshold(threshold("lag", "seconds", seconds))
                .threshold(threshold("lag_bytes", "bytes", bytes));
        return status == Status.PASS
                ? outcome
                : outcome.reason("replication_lag")
                        .hint("see on the standby whether replay is paused (pg_wal_replay_resume()) or a query blocks"
                                + " it, and the network and disks of both");
    }

    private static String limit(double ofSeconds, double ofBytes) {
        return "limit both " + Limit.plain(ofSeconds) + " s and " + Limit.plain(ofBytes / MEBIBYTE) + " MiB";
    }

    private static Threshold threshold(String of, String unit, Limit limit) {
        return new Threshold(of, Threshold.Direction.ABOVE, unit, limit.warn(), limit.fail());
    }
}
