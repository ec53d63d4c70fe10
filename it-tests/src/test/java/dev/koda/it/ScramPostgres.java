package dev.koda.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** A real Postgres that asks the role {@code koda} for a password over scram-sha-256, and obeys the test in all else. */
final class ScramPostgres implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final List<String> HOST_RULES =
            List.of("host all postgres 127.0.0.1/32 trust", "host all koda 127.0.0.1/32 scram-sha-256");

    private final EmbeddedPostgres server;

    private ScramPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** With database and role {@code koda}, keeping its files in the given directory. */
    static ScramPostgres start(Path directory, String password) throws IOException, SQLException {
        var data = directory.resolve("data");
        var server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(true)
                .start();
        var postgres = new ScramPostgres(server);
        postgres.sql("CREATE ROLE koda LOGIN");
        postgres.password(password);
        postgres.sql("GRANT pg_monitor TO koda");
        postgres.sql("CREATE DATABASE koda");
        Files.write(data.resolve("pg_hba.conf"), HOST_RULES);
        postgres.sql("SELECT pg_reload_conf()");
        Within.limit(LIMIT, "pg_hba.conf is read", postgres::asksForPassword);
        return postgres;
    }

    int port() {
        return server.getPort();
    }

    /** From now on the role logs in with this one. */
    void password(String value) {
        sql("ALTER ROLE koda PASSWORD '" + value.replace("'", "''") + "'");
    }

    /** Does it as the superuser. */
    void sql(String statement) {
        sqlIn("postgres", statement);
    }

    /** The same in another database. */
    void sqlIn(String database, String statement) {
        try (var connection = server.getDatabase("postgres", database).getConnection();
                var prepared = connection.createStatement()) {
            prepared.execute(statement);
        } catch (SQLException failure) {
            throw new AssertionError(statement.replaceAll("'.*'", "'...'") + ": " + failure.getSQLState(), failure);
        }
    }

    private boolean asksForPassword() {
        try (var connection = server.getDatabase("koda", "koda").getConnection()) {
            return connection.isClosed();
        } catch (SQLException refused) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
