package dev.koda.checks.postgres;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.Threshold.Direction;
import dev.koda.checks.TimeSource;
import dev.koda.checks.sql.NumberLimits;
import dev.koda.checks.sql.SqlChecks;
import dev.koda.checks.testing.CheckContract;
import java.time.Duration;
import java.util.List;

class NumberContractTest extends CheckContract {
    @Override
    protected List<CheckSpec> specs() {
        var queries = PostgresChecks.at(PostgresServer.shared().options(), () -> LadderRun.VERTX, TimeSource.system())
                .readOnlyQueries();
        return List.of(CheckSpec.of("custom.number")
                .title("Seven is too many")
                .docs("docs/koda-yaml.md#postgres")
                .in(Suite.DOCTOR)
                .timeout(Duration.ofSeconds(10))
                .run(SqlChecks.number("SELECT 7", new NumberLimits("units", Direction.ABOVE, 1.0, 2.0), queries)));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("custom.number");
    }

    @Override
    protected List<String> secrets() {
        return List.of(PostgresServer.PASSWORD);
    }
}
