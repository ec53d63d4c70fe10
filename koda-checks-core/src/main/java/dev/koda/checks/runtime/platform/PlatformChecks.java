package dev.koda.checks.runtime.platform;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.sql.SqlQueries;
import java.time.Duration;
import java.util.List;

/** Makes the checks of a Koda platform at work. */
public final class PlatformChecks {
    private PlatformChecks() {}

    /**
     * {@code runtime.supervisors}, {@code .queue} and {@code .leases}, for the doctor. They read and change nothing; where
     * the tables are not there yet they are skipped.
     *
     * @param queries how to ask the database of the platform
     * @return the checks in their order; nothing is asked here
     */
    public static List<CheckSpec> of(SqlQueries queries, PlatformOptions options) {
        var tables = new PlatformTables(queries, options.schema());
        return List.of(
                spec("runtime.supervisors", "Supervisors are alive", options)
                        .run(new SupervisorsCheck(tables, options.heartbeatSeconds())),
                spec("runtime.queue", "Queue moves", options).run(new QueueCheck(tables, options.waitingItems())),
                spec("runtime.leases", "Leases are renewed", options)
                        .run(new LeasesCheck(tables, options.expiredSeconds())));
    }

    private static CheckSpec.Builder spec(String id, String title, PlatformOptions options) {
        return CheckSpec.of(id)
                .documented()
                .title(title)
                .in(Suite.DOCTOR)
                .dependsOn(options.after().toArray(String[]::new))
                .timeout(options.timeout())
                .every(Duration.ofSeconds(60));
    }
}
