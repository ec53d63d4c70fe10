package dev.koda.server.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Makes the role and the database of the settings, and brings the role's password and rights in line with them. Run at
 * every start, so that the {@code .env} is the truth.
 */
final class Provision {
    /** Postgres quotes names and values itself; these statements take no parameters. */
    private static final String CREATE_ROLE =
            "SELECT format('CREATE ROLE %I', ?) WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ?)";

    private static final String SET_ROLE = """
            SELECT format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD %L',
                          ?, ?)
            """;

    private static final String GRANT = "SELECT format('GRANT pg_monitor TO %I', ?)";

    private static final String CREATE_DATABASE = """
            SELECT format('CREATE DATABASE %I OWNER %I', ?, ?)
            WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = ?)
            """;

    private Provision() {}

    static void run(EmbeddedPostgres server, EmbeddedSettings.Postgres settings) throws SQLException {
        var role = settings.user();
        try (var connection = server.getPostgresDatabase().getConnection()) {
            execute(connection, "SET log_min_error_statement = panic; SET log_statement = 'none'");
            executeResult(connection, CREATE_ROLE, role, role);
            executeResult(connection, SET_ROLE, role, settings.password().reveal());
            executeResult(connection, GRANT, role);
            executeResult(connection, CREATE_DATABASE, settings.database(), role, settings.database());
        }
    }

    /** Runs the statement that this query makes, if it makes one. */
    private static void executeResult(Connection connection, String query, String... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (var result = statement.executeQuery()) {
                if (result.next()) {
                    execute(connection, result.getString(1));
                }
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
