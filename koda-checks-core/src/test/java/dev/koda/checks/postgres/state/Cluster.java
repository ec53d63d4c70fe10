package dev.koda.checks.postgres.state;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real primary with a real standby that streams from it. Roles: {@code koda} sees everything, {@code plain} itself
 * alone, {@code reader} only reads. Ends with the process.
 */
final class Cluster {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private static final List<String> ROLES = List.of(
            "CREATE ROLE koda LOGIN REPLICATION",
            "GRANT pg_monitor TO koda",
            "CREATE ROLE plain LOGIN",
            "CREATE ROLE reader LOGIN",
            "ALTER ROLE reader SET default_transaction_read_only = on",
            "CREATE DATABASE koda OWNER koda");

    private final EmbeddedPostgres primary;
    private final EmbeddedPostgres standby;

    private Cluster(EmbeddedPostgres primary, EmbeddedPostgres standby) {
        this.primary = primary;
        this.standby = standby;
    }

    static Cluster shared() {
        return Shared.CLUSTER;
    }

    private static Cluster start() throws IOException, SQLException {
        var directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "cluster-");
        var data = directory.resolve("primary");
        try (var seed = open(data);
                var connection = seed.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            for (var sql : ROLES) {
                statement.execute(sql);
            }
        }
        var copy = copy(data, directory.resolve("standby"));
        var primary = open(data);
        Files.createFile(copy.resolve("standby.signal"));
        Files.writeString(
                copy.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=" + primary.getPort()
                        + " user=koda application_name=second'\nwal_receiver_status_interval = 1\n",
                StandardOpenOption.APPEND);
        return new Cluster(primary, open(copy));
    }

    private static EmbeddedPostgres open(Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("max_prepared_transactions", "4")
                .setServerConfig("logging_collector", "off")
                .start();
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return to;
    }

    DataSource primary(String role) {
        return source(primary, role);
    }

    DataSource standby(String role) {
        return source(standby, role);
    }

    int port() {
        return primary.getPort();
    }

    private static DataSource source(EmbeddedPostgres server, String role) {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {server.getPort()});
        source.setDatabaseName("koda");
        source.setUser(role);
        return source;
    }

    /** As the owner of everything, on the primary. */
    Connection admin() throws SQLException {
        return primary("postgres").getConnection();
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    void onPrimary(String... statements) throws SQLException {
        try (var connection = admin()) {
            execute(connection, statements);
        }
    }

    void onStandby(String... statements) throws SQLException {
        try (var connection = standby("postgres").getConnection()) {
            execute(connection, statements);
        }
    }

    /** The first column of the first row. */
    static String query(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    /** Waits until the standby has received and replayed what the primary has written so far. */
    void untilCaughtUp() {
        eventually(() -> {
            var position = query(primary("postgres"), "SELECT pg_current_wal_flush_lsn()");
            return query(standby("postgres"), "SELECT pg_last_wal_replay_lsn() >= '" + position + "'")
                    .equals("t");
        });
    }

    /** Waits, with a bound, for what a real server does in its own time. */
    static void eventually(Callable<Boolean> condition) {
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

    private static final class Shared {
        static final Cluster CLUSTER = startUnchecked();

        private static Cluster startUnchecked() {
            try {
                return start();
            } catch (IOException | SQLException broken) {
                throw new IllegalStateException("no Postgres to test with", broken);
            }
        }
    }
}
