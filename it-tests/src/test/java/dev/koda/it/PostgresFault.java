package dev.koda.it;

import dev.koda.checks.testing.FaultProxy;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What can go wrong between a stack and its Postgres, how to bring it about, and what is to be said of it. */
enum PostgresFault {
    REFUSED("postgres.tcp", "connection_refused", 1500) {
        @Override
        void begin(FaultProxy proxy, ScramPostgres postgres) {
            await(proxy.refuse());
        }

        @Override
        void end(FaultProxy proxy, ScramPostgres postgres, String password) {
            await(proxy.passThrough());
        }
    },
    BLACK_HOLE("postgres.tls", "no_answer", 4000) {
        @Override
        void begin(FaultProxy proxy, ScramPostgres postgres) {
            await(proxy.blackHole());
        }

        @Override
        void end(FaultProxy proxy, ScramPostgres postgres, String password) {
            await(proxy.passThrough());
        }
    },
    /** The answer to the TLS question is one byte; the first one of the login is longer. */
    RESET_IN_AN_ANSWER("postgres.auth", "connection_reset", 4000) {
        @Override
        void begin(FaultProxy proxy, ScramPostgres postgres) {
            await(proxy.resetAfter(5));
        }

        @Override
        void end(FaultProxy proxy, ScramPostgres postgres, String password) {
            await(proxy.passThrough());
        }
    },
    DATABASE_MISSING("postgres.auth", "database_missing", 4000) {
        @Override
        void begin(FaultProxy proxy, ScramPostgres postgres) {
            // A server keeps sessions there, and none may be left at that moment.
            postgres.sql("ALTER DATABASE koda ALLOW_CONNECTIONS false");
            postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'koda'");
            postgres.sql("ALTER DATABASE koda RENAME TO elsewhere");
        }

        @Override
        void end(FaultProxy proxy, ScramPostgres postgres, String password) {
            postgres.sql("ALTER DATABASE elsewhere RENAME TO koda");
            postgres.sql("ALTER DATABASE koda ALLOW_CONNECTIONS true");
        }
    },
    TOO_MANY_CONNECTIONS("postgres.auth", "too_many_connections", 4000) {
        @Override
        void begin(FaultProxy proxy, ScramPostgres postgres) {
            postgres.sql("ALTER ROLE koda CONNECTION LIMIT 0");
        }

        @Override
        void end(FaultProxy proxy, ScramPostgres postgres, String password) {
            postgres.sql("ALTER ROLE koda CONNECTION LIMIT -1");
        }
    },
    /** The last one: a server repeats a rejected login only after 30 s, so it does not recover before that. */
    WRONG_PASSWORD("postgres.auth", "password_rejected", 4000) {
        @Override
        void begin(FaultProxy proxy, ScramPostgres postgres) {
            postgres.password("another one altogether");
        }

        @Override
        void end(FaultProxy proxy, ScramPostgres postgres, String password) {
            postgres.password(password);
        }
    };

    private final String check;
    private final String reason;
    private final Duration limit;

    PostgresFault(String check, String reason, long limitMillis) {
        this.check = check;
        this.reason = reason;
        limit = Duration.ofMillis(limitMillis);
    }

    /** The one check that fails. */
    String check() {
        return check;
    }

    /** Why it does. */
    String reason() {
        return reason;
    }

    /** How soon the readiness of a server says so. */
    Duration readinessLimit() {
        return limit;
    }

    abstract void begin(FaultProxy proxy, ScramPostgres postgres);

    abstract void end(FaultProxy proxy, ScramPostgres postgres, String password);

    /** The result of something that Vert.x does. */
    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", ending);
        }
    }
}
