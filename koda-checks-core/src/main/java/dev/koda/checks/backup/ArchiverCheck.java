package dev.koda.checks.backup;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.Threshold;
import dev.koda.checks.Threshold.Direction;
import dev.koda.checks.TimeSource;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Does Postgres archive its WAL, and is there a base backup that this WAL goes with? The server keeps the history file of
 * the last base backup that it ended; tools that copy a standby leave none.
 */
final class ArchiverCheck implements Check {
    private static final String STATE = """
            SELECT current_setting('archive_mode') AS mode, pg_is_in_recovery() AS is_standby,
                   current_setting('archive_command') <> '' OR coalesce(current_setting('archive_library', true), '') <> ''
                     AS has_command,
                   last_archived_time IS NOT NULL AS has_archived,
                   extract(epoch FROM clock_timestamp() - last_archived_time)::float8 AS archived,
                   coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) AS is_failing,
                   extract(epoch FROM clock_timestamp() - last_failed_time)::float8 AS failed, failed_count,
                   has_function_privilege('pg_ls_archive_statusdir()', 'EXECUTE') AS may_see,
                   quote_ident(current_user) AS role
              FROM pg_stat_archiver
            """;
    private static final String FILES = """
            SELECT count(*) FILTER (WHERE name LIKE '%.ready') AS waiting,
                   extract(epoch FROM clock_timestamp() - min(modification) FILTER (WHERE name LIKE '%.ready'))::float8
                     AS waited,
                   extract(epoch FROM clock_timestamp()
                     - max(modification) FILTER (WHERE name ~ '\\.backup\\.(ready|done)$'))::float8 AS ended
              FROM pg_ls_archive_statusdir()
            """;
    private final SqlQueries queries;
    private final BackupOptions options;
    private final boolean judgesBases;
    private final AgeRule bases;
    private final TimeSource time;

    ArchiverCheck(SqlQueries queries, BackupOptions options, boolean judgesBases, TimeSource time) {
        this.queries = queries;
        this.options = options;
        this.judgesBases = judgesBases;
        bases = new AgeRule("base backups by the server's own history", options);
        this.time = time;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return SqlQueries.answered(queries.query(context, STATE).thenCompose(rows -> look(rows.get(0), context)));
    }

    private CompletionStage<Outcome> look(SqlRow state, CheckContext context) {
        var trouble = trouble(state);
        return trouble == null
                ? queries.query(context, FILES).thenApply(rows -> judge(rows.get(0), archived(state)))
                : CompletableFuture.completedStage(trouble);
    }

    /** Why nothing more needs to be asked; null if it does. */
    private @Nullable Outcome trouble(SqlRow state) {
        var mode = state.text("mode", "");
        if (state.isTrue("is_standby") && !mode.equals("always")) {
            return Outcome.skipped("the server is a standby: its primary archives the WAL");
        }
        if (mode.equals("off")) {
            return off("archive_mode is off, so no WAL is archived", "set archive_mode = on and archive_command");
        }
        if (!state.isTrue("has_command")) {
            return off(
                    "archive_mode is on and archive_command is empty, so no WAL is archived",
                    "set archive_command or archive_library");
        }
        var failing = failing(state);
        if (failing != null || state.isTrue("may_see")) {
            return failing;
        }
        return Outcome.warn("the role may not see what waits to be archived; a member of pg_monitor may")
                .reason("missing_privilege")
                .hint("GRANT pg_monitor TO " + state.text("role", "CURRENT_USER") + ";");
    }

    private static Outcome off(String message, String todo) {
        return Outcome.fail(message + ", although it is set to be looked at")
                .reason("archiving_off")
                .hint(todo + ", or unset KODA_BACKUP_ARCHIVER");
    }

    /** A failure of long ago, after which there was nothing to archive, is no reason to wake anybody. */
    private @Nullable Outcome failing(SqlRow state) {
        var ago = seconds(state.real("failed"));
        var limits = new Threshold(
                "failed_ago",
                Direction.BELOW,
                "hours",
                Figures.exactHours(options.failureWarnWithin()),
                Figures.exactHours(options.failureFailWithin()));
        var status = limits.judge(Figures.exactHours(ago));
        if (!state.isTrue("is_failing") || status == Status.PASS) {
            return null;
        }
        return Outcome.of(
                        status,
                        "archiving WAL failed " + said(ago) + " ago and has not succeeded since; " + archived(state))
                .reason("archiving_failed")
                .hint("see the server's log for what archive_command says; until it works WAL fills the disk")
                .observed("failed", state.whole("failed_count"), "failures")
                .observed("failed_ago", Figures.exactHours(ago), "hours")
                .threshold(limits);
    }

    private static String archived(SqlRow state) {
        return state.isTrue("has_archived")
                ? "the last WAL was archived " + said(seconds(state.real("archived"))) + " ago"
                : "no WAL was archived so far";
    }

    private Outcome judge(SqlRow files, String archived) {
        var waited = seconds(files.real("waited"));
        var limits = new Threshold(
                "waited",
                Direction.ABOVE,
                "minutes",
                minutes(options.archiveWarnAfter()),
                minutes(options.archiveFailAfter()));
        var status = limits.judge(minutes(waited));
        var outcome = status == Status.PASS ? based(files, archived) : behind(status, files.whole("waiting"), waited);
        return outcome.observed("waiting", files.whole("waiting"), "files")
                .observed("waited", minutes(waited), "minutes")
                .threshold(limits);
    }

    private Outcome behind(Status status, long count, Duration waited) {
        var limit = status == Status.FAIL ? options.archiveFailAfter() : options.archiveWarnAfter();
        return Outcome.of(
                        status,
                        count + " files of WAL wait to be archived, the first for " + said(waited) + ", limit "
                                + said(limit))
                .reason("archiving_behind")
                .hint("see whether archive_command hangs or is too slow for what is written, in the server's log");
    }

    private Outcome based(SqlRow files, String archived) {
        if (!judgesBases) {
            return Outcome.pass(archived + "; other sources know of the base backups");
        }
        if (files.isNull("ended")) {
            return Outcome.warn(archived
                            + ", but of a base backup the server knows nothing, and WAL alone restores nothing")
                    .reason("no_base_backup")
                    .hint(
                            "make one, such as with pg_basebackup; if a tool makes them elsewhere or from a standby, name it"
                                    + " too: docs/checks.md#backup-age");
        }
        var now = time.now();
        var ended = now.minus(seconds(files.real("ended")));
        var aged = bases.judge(Backups.of(List.of(new Backup(ended, Backup.UNKNOWN_SIZE))), now);
        return aged.message(aged.message() + "; " + archived);
    }

    private static Duration seconds(double count) {
        return Duration.ofMillis(Math.max(0, Math.round(count * 1000)));
    }

    private static double minutes(Duration some) {
        return some.toMillis() / 60_000.0;
    }

    private static String said(Duration some) {
        if (some.compareTo(Duration.ofMinutes(2)) < 0) {
            return some.toSeconds() + " s";
        }
        return some.compareTo(Duration.ofHours(2)) < 0
                ? some.toMinutes() + " min"
                : Figures.plain(Figures.hours(some)) + " h";
    }
}
