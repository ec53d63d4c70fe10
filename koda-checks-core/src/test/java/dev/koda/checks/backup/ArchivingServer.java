package dev.koda.checks.backup;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A real Postgres that archives its WAL, or should. Roles: {@code koda} sees everything, {@code plain} itself alone. */
final class ArchivingServer implements AutoCloseable {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final EmbeddedPostgres postgres;

    private ArchivingServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** In that directory, where it may have been before. */
    static ArchivingServer start(Path data, String archiveMode) throws IOException {
        return new ArchivingServer(EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("archive_mode", archiveMode)
                .setServerConfig("logging_collector", "off")
                .start());
    }

    void prepare() throws SQLException {
        execute("CREATE ROLE koda LOGIN", "GRANT pg_monitor TO koda", "CREATE ROLE plain LOGIN");
    }

    DataSource as(String role) {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {postgres.getPort()});
        source.setDatabaseName("postgres");
        source.setUser(role);
        return source;
    }

    /** In one session. */
    void execute(String... statements) throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** How WAL is archived from now on; a shell command, {@code %p} is the file and {@code %f} its name. */
    void archivesBy(String command) throws SQLException {
        execute("ALTER SYSTEM SET archive_command = '" + command.replace("'", "''") + "'", "SELECT pg_reload_conf()");
        eventually(() -> query("SHOW archive_command").equals(command.isEmpty() ? "" : command));
    }

    /** Completes a segment, which is then to be archived. */
    void completeSegment() throws SQLException {
        execute(
                "CREATE TABLE IF NOT EXISTS written (at timestamptz)",
                "INSERT INTO written VALUES (now())",
                "SELECT pg_switch_wal()");
    }

    String query(String sql) throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    private Connection connection() throws SQLException {
        return as("postgres").getConnection();
    }

    /** Waits, with a bound, for what a real server does in its own time. */
    void eventually(Callable<Boolean> condition) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + BOUND);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    /** It becomes a standby without a primary when it starts again. */
    static void demote(Path data) throws IOException {
        Files.createFile(data.resolve("standby.signal"));
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
