package dev.koda.checks.backup;

import dev.koda.checks.Category;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Scope;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.sql.SqlQueries;
import java.nio.file.Path;
import java.time.Duration;

/** Makes the checks of backups. */
public final class BackupChecks {
    private BackupChecks() {}

    /**
     * {@code backup.age} of one source.
     *
     * @param instance tells several sources of one stack apart, such as {@code pgbackrest}
     */
    public static CheckSpec age(String instance, BackupSource source, BackupOptions options, TimeSource time) {
        return spec("backup.age")
                .title("Newest backup is young enough")
                .instance(instance)
                .scope(source.scope())
                // A repository far away, or a bucket of many pages.
                .timeout(Duration.ofSeconds(10))
                .run(new AgeCheck(source, options, time));
    }

    /**
     * {@code backup.age} of a Postgres that archives its WAL: does that work, and when did the server end its last base
     * backup? WAL alone restores nothing.
     *
     * @param queries asks that Postgres; a member of {@code pg_monitor} sees what it needs
     * @param judgesBases false if another source knows of base backups; then the archive alone is looked at
     * @param after the checks without which this is not run, such as {@code postgres.round-trip}
     */
    public static CheckSpec archiver(
            SqlQueries queries, BackupOptions options, boolean judgesBases, TimeSource time, String... after) {
        return spec("backup.age")
                .title("Newest backup is young enough")
                .instance("archiver")
                .dependsOn(after)
                .timeout(Duration.ofSeconds(10))
                .run(new ArchiverCheck(queries, options, judgesBases, time));
    }

    /**
     * {@code backup.restore-test}.
     *
     * @param marker a file that is touched after each restore that was looked at
     */
    public static CheckSpec restoreTest(Path marker, BackupOptions options, TimeSource time) {
        return spec("backup.restore-test")
                .title("A restore was proven")
                .scope(Scope.LOCAL)
                .blocking(new RestoreTestCheck(marker, options, time));
    }

    private static CheckSpec.Builder spec(String id) {
        return CheckSpec.of(id)
                .documented()
                .category(Category.POSTGRES)
                .in(Suite.DOCTOR)
                .every(Duration.ofMinutes(5))
                .everyWhenFailing(Duration.ofMinutes(1))
                .ttl(Duration.ofMinutes(1));
    }
}
