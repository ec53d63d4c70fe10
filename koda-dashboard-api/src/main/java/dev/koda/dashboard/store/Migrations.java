package dev.koda.dashboard.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The steps of the schema that this software brings, in their order. */
public final class Migrations {
    /** Their names; the number of a step is its place. Steps are only ever added at the end. */
    private static final List<String> NAMES = List.of(
            "leases", "audit", "verification", "operators", "storms", "heartbeats", "configuration", "daily_rollups");

    private Migrations() {}

    static List<Migration> all() {
        var migrations = new ArrayList<Migration>();
        for (int i = 0; i < NAMES.size(); i++) {
            migrations.add(read(i + 1, NAMES.get(i)));
        }
        return List.copyOf(migrations);
    }

    /**
     * Everything as one script, for whoever administers a database in which the serving role may not create a schema: to
     * be run once, on an empty database or above an older version of itself.
     *
     * @param role the serving role, which will own the schema
     */
    public static String script(String role) {
        var quoted = '"' + role.replace("\"", "\"\"") + '"';
        var script = new StringBuilder()
                .append(
                        "-- The schema of the Koda operations store. Run it as a role that may create schemas, in the\n")
                .append("-- database of OPERATIONS_POSTGRES_DSN, for example with psql -v ON_ERROR_STOP=1 -f FILE.\n")
                .append("BEGIN;\n")
                .append("CREATE SCHEMA IF NOT EXISTS koda_ops AUTHORIZATION ")
                .append(quoted)
                .append(";\nSET LOCAL ROLE ")
                .append(quoted)
                .append(";\n");
        for (var migration : all()) {
            script.append("\n-- ")
                    .append(migration)
                    .append('\n')
                    .append(migration.sql().strip())
                    .append('\n');
            script.append("INSERT INTO koda_ops.schema_migration (version, name, digest) VALUES (")
                    .append(migration.version())
                    .append(", '")
                    .append(migration.name())
                    .append("', '")
                    .append(migration.digest())
                    .append("');\n");
        }
        return script.append("\nCOMMIT;\n").toString();
    }

    private static Migration read(int version, String name) {
        var file = "migrations/%03d_%s.sql".formatted(version, name);
        try (var stream = Migrations.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks " + file);
            }
            return new Migration(version, name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the jar cannot be read", e);
        }
    }
}
