package dev.koda.checks.postgres.state;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.sql.DataSourceQueries;
import dev.koda.checks.testing.CheckContract;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** The contract of every check, asked through a data source as an embedder does. */
class StateContractTest {
    private abstract static class Contract extends CheckContract {
        @Override
        protected List<CheckSpec> specs() {
            return specs(PostgresStateOptions.DEFAULT);
        }

        List<CheckSpec> specs(PostgresStateOptions options) {
            var queries = DataSourceQueries.of(Cluster.shared().primary("koda"));
            return PostgresStateChecks.of(queries, options, TimeSource.system());
        }

        @Override
        protected List<String> secrets() {
            return NO_SECRETS;
        }
    }

    @Nested
    class Connections extends Contract {
        @Override
        protected CheckId id() {
            return CheckId.of("postgres.connections");
        }
    }

    @Nested
    class Version extends Contract {
        @Override
        protected CheckId id() {
            return CheckId.of("postgres.version");
        }
    }

    @Nested
    class Role extends Contract {
        @Override
        protected CheckId id() {
            return CheckId.of("postgres.role");
        }
    }

    @Nested
    class Wraparound extends Contract {
        @Override
        protected CheckId id() {
            return CheckId.of("postgres.wraparound");
        }
    }

    @Nested
    class Migrations extends Contract {
        @Override
        protected List<CheckSpec> specs() {
            return specs(PostgresStateOptions.DEFAULT.migrations("contract", null));
        }

        @BeforeEach
        void migrate() throws Exception {
            Cluster.shared()
                    .onPrimary(
                            "CREATE SCHEMA IF NOT EXISTS contract",
                            "CREATE TABLE IF NOT EXISTS contract.schema_migrations AS SELECT '001_base' AS version",
                            "GRANT USAGE ON SCHEMA contract TO koda",
                            "GRANT SELECT ON contract.schema_migrations TO koda");
        }

        @Override
        protected CheckId id() {
            return CheckId.of("postgres.migrations");
        }
    }

    @Nested
    class ReplicationLag extends Contract {
        @Override
        protected CheckId id() {
            return CheckId.of("postgres.replication-lag");
        }
    }

    @Nested
    class Slots extends Contract {
        @Override
        protected CheckId id() {
            return CheckId.of("postgres.slots");
        }
    }

    @Nested
    class Sessions extends Contract {
        @Override
        protected CheckId id() {
            return CheckId.of("postgres.sessions");
        }
    }

    @Nested
    class Locks extends Contract {
        @Override
        protected CheckId id() {
            return CheckId.of("postgres.locks");
        }
    }

    @Nested
    class TransactionRate extends Contract {
        @Override
        protected CheckId id() {
            return CheckId.of("postgres.transaction-rate");
        }
    }
}
