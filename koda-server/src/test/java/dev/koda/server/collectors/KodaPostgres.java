package dev.koda.server.collectors;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import dev.koda.dashboard.StateOptions;
import dev.koda.dashboard.audit.KodaDatabase;
import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.store.StoreOptions;
import dev.koda.dashboard.store.StoreStart;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A real Postgres with the tables of a Koda in one database and an operations store in another. */
public final class KodaPostgres implements AutoCloseable {
    /** A role as an operator would make it: it reads the schema, and no more. */
    private static final String READER = "monitor";

    private final EmbeddedPostgres postgres;
    private final Vertx vertx = Vertx.vertx();
    private int databases;
    private String koda = "";
    private String operations = "";

    private KodaPostgres(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    public static KodaPostgres in(Path directory) throws IOException {
        // Programs of its own: those that a process unpacked last serve others for as long as they are there.
        var started = new KodaPostgres(EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                .setDataDirectory(directory.resolve("data"))
                .setServerConfig("max_connections", "60")
                .setServerConfig("shared_buffers", "512MB")
                .start());
        started.execute("postgres", "CREATE ROLE " + READER + " LOGIN");
        started.renew();
        return started;
    }

    /** Both databases are new and without rows from now on. */
    public void renew() throws IOException {
        databases++;
        koda = "koda_" + databases;
        operations = "operations_" + databases;
        execute("postgres", "CREATE DATABASE " + koda);
        execute("postgres", "CREATE DATABASE " + operations);
        try (var schema = Objects.requireNonNull(KodaPostgres.class.getResourceAsStream("koda-schema.sql"))) {
            execute(koda, new String(schema.readAllBytes(), StandardCharsets.UTF_8));
        }
        execute(
                koda,
                "GRANT USAGE ON SCHEMA knowledge_v2 TO " + READER
                        + "; GRANT SELECT ON ALL TABLES IN SCHEMA knowledge_v2 TO " + READER);
        var store = store();
        Promise<Void> there = Promise.promise();
        var opening = StoreStart.begin(store, "test", TimeSource.system(), there::complete);
        await(there.future());
        opening.close();
        store.close();
    }

    /** What the collectors read, as the role of an operator's making. */
    public KodaDatabase koda() {
        return new KodaDatabase(options(koda, READER), "knowledge_v2");
    }

    /** The operations store; whoever asks closes it. */
    OperationsStore store() {
        return OperationsStore.of(vertx, options(operations, "postgres"));
    }

    /** The same as a server has it. */
    public StateOptions state(Path directory) {
        return StateOptions.of(options(operations, "postgres"), directory, "node-1", Redactor.byShape());
    }

    private StoreOptions options(String database, String user) {
        return StoreOptions.of("127.0.0.1", postgres.getPort(), database, user, () -> "");
    }

    Vertx vertx() {
        return vertx;
    }

    /** Changes the Koda as it does itself. */
    public void execute(String sql) {
        execute(koda, sql);
    }

    void executeOperations(String sql) {
        execute(operations, sql);
    }

    Connection connect() throws SQLException {
        return connect(koda);
    }

    Connection connectOperations() throws SQLException {
        return connect(operations);
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(postgres.getJdbcUrl("postgres", database));
    }

    private void execute(String database, String sql) {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    /** Why it failed. */
    static Throwable failure(Future<?> future) {
        return await(future.transform(answer ->
                answer.failed() ? Future.succeededFuture(answer.cause()) : Future.failedFuture("it succeeded")));
    }

    @Override
    public void close() throws IOException {
        await(vertx.close());
        postgres.close();
    }
}
