package dev.koda.checks.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** A real Postgres with passwords, TLS and roles that may do more or less. Ends with the process. */
final class PostgresServer {
    static final String PASSWORD = "correct horse battery staple";

    private static final List<String> HOST_RULES = List.of(
            "host all postgres 127.0.0.1/32 trust",
            "host all postgres ::1/128 trust",
            "host all nobody,trusted 127.0.0.1/32 trust",
            "host all identified 127.0.0.1/32 ident",
            "hostssl all tls_only 127.0.0.1/32 scram-sha-256",
            "host all koda,plain,limited 127.0.0.1/32 scram-sha-256",
            "host all koda ::1/128 scram-sha-256");

    private static final List<String> ROLES = List.of(
            "CREATE ROLE koda LOGIN PASSWORD '" + PASSWORD + "'",
            "GRANT pg_monitor TO koda",
            "CREATE ROLE plain LOGIN PASSWORD '" + PASSWORD + "'",
            "CREATE ROLE tls_only LOGIN PASSWORD '" + PASSWORD + "'",
            "CREATE ROLE limited LOGIN CONNECTION LIMIT 0 PASSWORD '" + PASSWORD + "'",
            "CREATE ROLE outsider LOGIN PASSWORD '" + PASSWORD + "'",
            "CREATE ROLE identified LOGIN",
            "CREATE ROLE trusted LOGIN",
            "CREATE DATABASE koda",
            "CREATE DATABASE locked",
            "REVOKE CONNECT ON DATABASE locked FROM PUBLIC",
            "CREATE DATABASE closed ALLOW_CONNECTIONS false");

    private final EmbeddedPostgres postgres;
    private final Path data;
    private final Certificates certificates;
    private final Path certificate;
    private int reloads;

    private PostgresServer(EmbeddedPostgres postgres, Path data, Certificates certificates, Path certificate) {
        this.postgres = postgres;
        this.data = data;
        this.certificates = certificates;
        this.certificate = certificate;
    }

    /** The one that tests share; whoever changes its settings puts them back. */
    static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** One of its own for a test that breaks it. */
    static PostgresServer start() throws Exception {
        var directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "postgres-");
        var certificates = new Certificates(directory);
        var data = directory.resolve("data");
        var postgres = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(true)
                .start();
        var certificate = certificates.server("good", "san=ip:127.0.0.1,dns:localhost");
        var server = new PostgresServer(postgres, data, certificates, certificate);
        server.prepare();
        return server;
    }

    private void prepare() throws Exception {
        try (var connection = admin();
                var statement = connection.createStatement()) {
            for (var sql : ROLES) {
                statement.execute(sql);
            }
        }
        Files.write(data.resolve("pg_hba.conf"), HOST_RULES);
        presents(certificate);
        set("ssl", "on");
    }

    /** As the role that sees everything, with sslmode prefer. */
    PostgresOptions options() {
        return options("koda");
    }

    PostgresOptions options(String role) {
        return options(role, "koda");
    }

    PostgresOptions options(String role, String database) {
        return PostgresOptions.of("127.0.0.1", port(), database, role, () -> PASSWORD);
    }

    int port() {
        return postgres.getPort();
    }

    /** What it presents unless told otherwise: for 127.0.0.1 and localhost. */
    Path certificate() {
        return certificate;
    }

    Certificates certificates() {
        return certificates;
    }

    Connection admin() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    /** The first column of the first row. */
    String query(String sql) throws SQLException {
        try (var connection = admin();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Changes a setting for new connections. */
    void set(String setting, String value) throws SQLException {
        alter(setting, value);
        reload();
    }

    void presents(Path certificate) throws SQLException {
        alter("ssl_cert_file", certificate.toString());
        alter("ssl_key_file", Certificates.keyOf(certificate).toString());
        reload();
    }

    private void alter(String setting, String value) throws SQLException {
        try (var connection = admin();
                var statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET " + setting + " = '" + value + "'");
        }
    }

    /** A setting that matters to nobody shows when the postmaster has read its files anew. */
    private void reload() throws SQLException {
        var marker = Integer.toString(1000 + ++reloads);
        try (var connection = admin();
                var statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET deadlock_timeout = " + marker);
            statement.execute("SELECT pg_reload_conf()");
        }
        Eventually.holds(() -> query("SELECT setting FROM pg_settings WHERE name = 'deadlock_timeout'")
                .equals(marker));
    }

    /** Sends a signal to the postmaster alone. */
    void signal(String name) throws IOException, InterruptedException {
        var pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
        new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
    }

    void close() throws IOException {
        postgres.close();
    }

    private static final class Shared {
        static final PostgresServer SERVER = startUnchecked();

        private static PostgresServer startUnchecked() {
            try {
                var server = start();
                // Loads and warms what a first login needs, which on a busy machine takes longer than a check may.
                LadderRun.report(server.options().timeout(Duration.ofSeconds(30)));
                return server;
            } catch (Exception broken) {
                throw new IllegalStateException("no Postgres to test with", broken);
            }
        }
    }
}
