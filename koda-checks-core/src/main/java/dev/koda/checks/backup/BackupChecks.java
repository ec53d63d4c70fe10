package dev.koda.checks.backup;

import dev.koda.checks.Category;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Scope;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
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
