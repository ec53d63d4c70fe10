package dev.koda.checks.postgres.state;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.TimeSource;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Does the server's version still get fixes, and does it have them? */
final class VersionCheck implements Check {
    private static final String SQL = """
            SELECT current_setting('server_version_num')::int AS number, version() AS version
            """;
    /** The two numbers of a version are one here: 17.4 is 170004. */
    private static final int MAJOR = 10_000;

    private static final int FEW = 2;

    private final SqlQueries queries;
    private final TimeSource time;

    VersionCheck(SqlQueries queries, TimeSource time) {
        this.queries = queries;
        this.time = time;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return queries.judge(context, SQL, this::judge);
    }

    private Outcome judge(List<SqlRow> rows) {
        var row = rows.get(0);
        int number = (int) row.whole("number");
        var today = LocalDate.ofInstant(time.now(), ZoneOffset.UTC);
        var isPostgres = row.text("version", "").matches("PostgreSQL [0-9.a-z]+ .*");
        return isPostgres && number >= 10 * MAJOR ? judge(number / MAJOR, number % MAJOR, today) : other(number);
    }

    static Outcome judge(int major, int minor, LocalDate today) {
        var seen = "Postgres " + major + "." + minor;
        var known = Release.of(major);
        if (known == null) {
            return major > Release.newest().major()
                    ? Outcome.pass(seen + " is newer than what this program knows")
                    : old(seen + " is out of support since before "
                            + Release.oldest().endOfLife());
        }
        if (today.isAfter(known.endOfLife())) {
            return old(seen + " is out of support since " + known.endOfLife());
        }
        int behind = known.minor() - minor;
        return behind < FEW
                ? Outcome.pass(seen + " gets fixes until " + known.endOfLife())
                : Outcome.warn(seen + " lacks the fixes of " + behind + " releases, the last known is " + major + "."
                                + known.minor())
                        .reason("old_minor")
                        .hint("install the last " + major + ".x and restart the server: the data stay as they are");
    }

    private static Outcome old(String message) {
        return Outcome.warn(message)
                .reason("end_of_life")
                .hint("upgrade with pg_upgrade or a dump to a major version that gets fixes, at best "
                        + Release.newest().major());
    }

    /** Compatible engines and servers before 10 count in their own way. */
    private static Outcome other(int number) {
        return number < 10 * MAJOR
                ? old("Postgres " + number / MAJOR + " is out of support since before "
                        + Release.oldest().endOfLife())
                : Outcome.pass("a compatible engine that speaks as Postgres " + number / MAJOR);
    }
}
