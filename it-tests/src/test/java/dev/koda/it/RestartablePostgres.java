package dev.koda.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A real Postgres with a database and a role {@code koda}, that comes back where it was with what it had. */
final class RestartablePostgres implements AutoCloseable {
    private final Path directory;
    private final int port;
    private EmbeddedPostgres server;

    private RestartablePostgres(Path directory, int port, EmbeddedPostgres server) {
        this.directory = directory;
        this.port = port;
        this.server = server;
    }

    static RestartablePostgres start(Path directory) throws IOException, SQLException {
        int port = FreePort.next();
        var postgres = new RestartablePostgres(directory, port, run(directory, port));
        try (var connection = postgres.server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE koda LOGIN");
            statement.execute("CREATE DATABASE koda OWNER koda");
        }
        return postgres;
    }

    private static EmbeddedPostgres run(Path directory, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.toFile())
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    void restart() throws IOException {
        server.close();
        server = run(directory, port);
    }

    String dsn() {
        return "postgresql://koda@127.0.0.1:" + port + "/koda?sslmode=disable";
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/koda?connectTimeout=5&socketTimeout=10", "koda", "");
    }

    String ask(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException down) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
