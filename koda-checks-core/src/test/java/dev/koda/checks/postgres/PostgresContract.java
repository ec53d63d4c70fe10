package dev.koda.checks.postgres;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.CheckContract;
import java.util.List;

/** The contract of every check, against a real server with TLS and a password. */
abstract class PostgresContract extends CheckContract {
    @Override
    protected List<CheckSpec> specs() {
        return PostgresChecks.of(PostgresServer.shared().options(), () -> LadderRun.VERTX, TimeSource.system());
    }

    @Override
    protected List<String> secrets() {
        return List.of(PostgresServer.PASSWORD);
    }
}
