package dev.koda.dashboard.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of its own for a test, on the real Postgres that all tests of this module share, reached through a pooler in
 * transaction mode by a role that may do no more than it needs.
 */
public final class OperationsDatabase implements AutoCloseable {
    static final String ROLE = "koda";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String name;
    private final Vertx vertx = Vertx.vertx();

    private OperationsDatabase(String name) {
        this.name = name;
    }

    /** An empty database in which the role may create its schema. */
    public static OperationsDatabase empty() {
        return copyOf("template1");
    }

    /** One with the schema of this software: a copy of one that its migrations have made, as a restored one would be. */
    public static OperationsDatabase migrated() {
        return copyOf(Migrated.NAME);
    }

    /** One that its own migrations have made: to whom a log matters, it is another one. */
    public static OperationsDatabase migratedByItself() {
        var database = empty();
        try (var store = database.store()) {
            await(Migrator.of(store, "test").migrate());
        }
        return database;
    }

    private static OperationsDatabase copyOf(String template) {
        var database = new OperationsDatabase("operations_" + NUMBERS.incrementAndGet());
        Server.execute("postgres", "CREATE DATABASE " + database.name + " TEMPLATE " + template + " OWNER " + ROLE);
        return database;
    }

    /** A store through the pooler; whoever asks closes it. */
    public OperationsStore store() {
        return OperationsStore.of(vertx, options());
    }

    /** The store as it is configured. */
    public StoreOptions options() {
        return StoreOptions.of("127.0.0.1", Server.POOLER.port(), name, ROLE, () -> "");
    }

    /** Past the pooler, as a role that may do everything: what an intruder or an administrator does. */
    public void execute(String sql) {
        Server.execute(name, sql);
    }

    /** The first column of the first row, as a role that may do everything. */
    public String ask(String sql) {
        try (var connection = Server.connect(name);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** A connection past the pooler. */
    public Connection connect() throws SQLException {
        return Server.connect(name);
    }

    /** The Vert.x of its stores. */
    public Vertx vertx() {
        return vertx;
    }

    /** What a stage gives, for a test that has nothing else to do. */
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    /** Why a stage failed. */
    public static Throwable failure(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
        throw new AssertionError("succeeded");
    }

    /** The files of hundreds of databases take longer to delete than a JVM is given for its end. */
    @Override
    public void close() {
        await(vertx.close());
        Server.execute("postgres", "DROP DATABASE " + name + " WITH (FORCE)");
    }

    /** The database that tests begin with a copy of, which is made sooner than its migrations run. */
    private static final class Migrated {
        static final String NAME = make();

        private static String make() {
            var database = empty();
            // Past the pooler, which would keep its session: a database in use cannot be copied.
            var direct = StoreOptions.of("127.0.0.1", Server.POSTGRES.getPort(), database.name, ROLE, () -> "");
            try (var store = OperationsStore.of(database.vertx, direct)) {
                await(Migrator.of(store, "test").migrate());
            }
            await(database.vertx.close());
            return database.name;
        }
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();
        static final PgBouncer POOLER = pooler();

        private static EmbeddedPostgres start() {
            try {
                var directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "postgres-");
                var postgres = EmbeddedPostgres.builder()
                        .setDataDirectory(directory.resolve("data"))
                        .setCleanDataDirectory(true)
                        // Each test has a database of its own, for which the pooler holds sessions.
                        .setServerConfig("max_connections", "400")
                        .start();
                try (var connection = postgres.getPostgresDatabase().getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("CREATE ROLE " + ROLE + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE");
                }
                return postgres;
            } catch (IOException | SQLException broken) {
                throw new IllegalStateException("no Postgres to test with", broken);
            }
        }

        private static PgBouncer pooler() {
            try {
                return PgBouncer.before(POSTGRES.getPort(), ROLE);
            } catch (IOException broken) {
                throw new IllegalStateException("no pooler to test with", broken);
            }
        }

        static Connection connect(String database) throws SQLException {
            return DriverManager.getConnection(POSTGRES.getJdbcUrl("postgres", database));
        }

        static void execute(String database, String sql) {
            try (var connection = connect(database);
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }
    }
}
