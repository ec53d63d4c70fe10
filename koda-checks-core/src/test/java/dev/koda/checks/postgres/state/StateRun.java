package dev.koda.checks.postgres.state;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Query;
import dev.koda.checks.Report;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.sql.DataSourceQueries;
import dev.koda.checks.sql.SqlQueries;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** One check against a real server in a real engine, a new one each time: nothing is cached. */
final class StateRun {
    private StateRun() {}

    static CheckResult result(String id, DataSource source, PostgresStateLimits limits) throws Exception {
        return result(id, source, PostgresStateOptions.DEFAULT.limits(limits));
    }

    static CheckResult result(String id, DataSource source) throws Exception {
        return result(id, source, PostgresStateOptions.DEFAULT);
    }

    static CheckResult result(String id, DataSource source, PostgresStateOptions options) throws Exception {
        return report(id, source, options).checks().stream()
                .filter(result -> result.id().equals(CheckId.of(id)))
                .findFirst()
                .orElseThrow();
    }

    static Report report(String id, DataSource source, PostgresStateOptions options) throws Exception {
        return report(id, DataSourceQueries.of(source), options);
    }

    static Outcome outcome(String id, SqlQueries queries, PostgresStateOptions options) throws Exception {
        return report(id, queries, options).checks().get(0).outcome();
    }

    private static Report report(String id, SqlQueries queries, PostgresStateOptions options) throws Exception {
        return run(id, PostgresStateChecks.of(queries, options, TimeSource.system()));
    }

    /** What a check remembers of the run before stays with its spec. */
    static Report run(String id, List<CheckSpec> specs) throws Exception {
        try (var engine = CheckEngine.builder().checks(specs).build()) {
            return engine.run(Query.of(Suite.DOCTOR).only(List.of(id)))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }
    }
}
