package dev.koda.checks.postgres;

import dev.koda.checks.CheckId;
import org.junit.jupiter.api.Nested;

class PostgresContractTest {
    @Nested
    class Dns extends PostgresContract {
        @Override
        protected CheckId id() {
            return CheckId.of("postgres.dns");
        }
    }

    @Nested
    class Tcp extends PostgresContract {
        @Override
        protected CheckId id() {
            return CheckId.of("postgres.tcp");
        }
    }

    @Nested
    class Tls extends PostgresContract {
        @Override
        protected CheckId id() {
            return CheckId.of("postgres.tls");
        }
    }

    @Nested
    class Auth extends PostgresContract {
        @Override
        protected CheckId id() {
            return CheckId.of("postgres.auth");
        }
    }

    @Nested
    class RoundTripOf extends PostgresContract {
        @Override
        protected CheckId id() {
            return CheckId.of("postgres.round-trip");
        }
    }
}
