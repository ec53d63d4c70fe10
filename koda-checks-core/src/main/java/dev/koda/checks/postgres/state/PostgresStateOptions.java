package dev.koda.checks.postgres.state;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of a Postgres. Where the numbers come from stands in {@code docs/checks.md}.
 *
 * @param after the checks without which these are not run, such as {@code postgres.round-trip}; none by default
 * @param timeout how long one check may take; 4 s
 * @param firstSample how long the transaction rate waits for a second sample where there is none of before; zero to
 *     answer at once with the average since the statistics began; 1 s
 * @param schema where {@code schema_migrations} is looked for; {@code knowledge_v2}
 * @param expectedVersion the migration that must be the last one, or null if that is not known
 * @param standbys how many standbys must be connected to a primary; 0
 * @param limits where the checks begin to complain
 */
public record PostgresStateOptions(
        List<String> after,
        Duration timeout,
        Duration firstSample,
        String schema,
        @Nullable String expectedVersion,
        int standbys,
        PostgresStateLimits limits) {
    /** What is said above. */
    public static final PostgresStateOptions DEFAULT = new PostgresStateOptions(
            List.of(),
            Duration.ofSeconds(4),
            Duration.ofSeconds(1),
            "knowledge_v2",
            null,
            0,
            PostgresStateLimits.DEFAULT);

    public PostgresStateOptions {
        after = List.copyOf(after);
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(firstSample, "firstSample");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(limits, "limits");
    }

    /** The same, run only after these checks have not failed. */
    public PostgresStateOptions after(String... checks) {
        return new PostgresStateOptions(
                List.of(checks), timeout, firstSample, schema, expectedVersion, standbys, limits);
    }

    /** The same with another time-out of each check. */
    public PostgresStateOptions timeout(Duration value) {
        return new PostgresStateOptions(after, value, firstSample, schema, expectedVersion, standbys, limits);
    }

    /** The same with another wait for the second sample. */
    public PostgresStateOptions firstSample(Duration value) {
        return new PostgresStateOptions(after, timeout, value, schema, expectedVersion, standbys, limits);
    }

    /** The same with migrations in another schema, of which the last is known or not. */
    public PostgresStateOptions migrations(String inSchema, @Nullable String last) {
        return new PostgresStateOptions(after, timeout, firstSample, inSchema, last, standbys, limits);
    }

    /** The same with so many standbys that a primary must have. */
    public PostgresStateOptions standbys(int count) {
        return new PostgresStateOptions(after, timeout, firstSample, schema, expectedVersion, count, limits);
    }

    /** The same with other limits. */
    public PostgresStateOptions limits(PostgresStateLimits values) {
        return new PostgresStateOptions(after, timeout, firstSample, schema, expectedVersion, standbys, values);
    }
}
