package dev.koda.dashboard.store;

import dev.koda.checks.sql.SqlNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The steps of the schema that this software brings, in their order. */
public final class Migrations {
    /** Their names; the number of a step is its place. Steps are only ever added at the end. */
    private static final List<String> NAMES = List.of(
            "leases",
            "audit",
            "verification",
            "operators",
            "storms",
            "heartbeats",
            "configuration",
            "daily_rollups",
            "repeated",
            "collectors");

    private Migrations() {}

    static List<Migration> all() {
        var migrations = new ArrayList<Migration>();
        for (int i = 0; i < NAMES.size(); i++) {
            migrations.add(read(i + 1, NAMES.get(i)));
        }
        return List.copyOf(migrations);
    }

    /**
     * Everything as one script, for whoever administers a database in which the serving role may not create a schema: on an
     * empty database, and above any older version of itself, of which it does what is missing. It may be run again.
     *
     * @param role the serving role, which will own the schema
     */
    public static String script(String role) {
        return script(role, all());
    }

    static String script(String role, List<Migration> migrations) {
        var quoted = SqlNames.quoted(role);
        var script = new StringBuilder()
                .append(
                        "-- The schema of the Koda operations store, from nothing or from any older version of it. Run it as a role\n")
                .append("-- that may create schemas, in the database of OPERATIONS_POSTGRES_DSN, for example with\n")
                .append("-- psql -v ON_ERROR_STOP=1 -f FILE. A step that is there already is left alone.\n")
                .append("BEGIN;\n")
                .append("CREATE SCHEMA IF NOT EXISTS koda_ops AUTHORIZATION ")
                .append(quoted)
                .append(";\nSET LOCAL ROLE ")
                .append(quoted)
                .append(";\n");
        migrations.forEach(migration -> script.append(guarded(migration)));
        return script.append("\nCOMMIT;\n").toString();
    }

    /** The first step makes the table in which the steps are noted. */
    private static String guarded(Migration migration) {
        var isMissing = migration.version() == 1
                ? "to_regclass('koda_ops.schema_migration') IS NULL"
                : "NOT EXISTS (SELECT 1 FROM koda_ops.schema_migration WHERE version = %d)"
                        .formatted(migration.version());
        return """

                -- %1$s
                DO $koda$ BEGIN
                IF %2$s THEN
                %3$s
                INSERT INTO koda_ops.schema_migration (version, name, digest) VALUES (%4$d, '%5$s', '%6$s');
                ELSIF NOT EXISTS (SELECT 1 FROM koda_ops.schema_migration WHERE version = %4$d AND digest = '%6$s') THEN
                RAISE EXCEPTION 'the step %1$s of the operations store is not the one of this software';
                END IF;
                END $koda$;
                """.formatted(
                        migration,
                        isMissing,
                        migration.sql().strip(),
                        migration.version(),
                        migration.name(),
                        migration.digest());
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
