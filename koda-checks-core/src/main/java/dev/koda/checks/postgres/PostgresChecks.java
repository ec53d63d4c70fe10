package dev.koda.checks.postgres;

import static dev.koda.checks.Suite.DOCTOR;
import static dev.koda.checks.Suite.READINESS;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.sql.SqlQueries;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The checks of one Postgres: the ladder from its name to an answered query. */
public final class PostgresChecks {
    private final Ladder ladder;
    private final PostgresOptions options;

    private PostgresChecks(PostgresOptions options, Ladder ladder) {
        this.options = options;
        this.ladder = ladder;
    }

    /**
     * The checks together with a way to ask the same server as the same role.
     *
     * @param options the server, the role and the limits
     * @param vertx asked when a check runs, never here; the caller closes it after the engine
     * @param time measures answers, time-outs and the pause after a rejected login
     */
    public static PostgresChecks at(PostgresOptions options, Supplier<Vertx> vertx, TimeSource time) {
        return at(options, vertx, time, () -> null);
    }

    /**
     * The same for a server that may be somewhere else than its name says.
     *
     * @param found asked when an attempt begins; null if the name is to be looked up
     */
    public static PostgresChecks at(
            PostgresOptions options, Supplier<Vertx> vertx, TimeSource time, Supplier<@Nullable FoundServer> found) {
        return new PostgresChecks(options, new Ladder(options, vertx, time, found));
    }

    /**
     * {@code postgres.dns}, {@code tcp}, {@code tls}, {@code auth} and {@code round-trip}, for readiness and doctor. What a
     * Postgres that answers says about itself is asked by {@link dev.koda.checks.postgres.state.PostgresStateChecks}.
     *
     * <p>The ladder is one attempt per evaluation, and each rung has exactly one reason to fail. Every connection is
     * opened for the attempt and closed with it, since a held one would hide a server that takes no new ones. A
     * rejected login is not tried again for 30 s unless the password changes; its result is repeated with its age.
     *
     * @param options the server, the role and the limits
     * @param vertx asked when a check runs, never here; the caller closes it after the engine
     * @param time measures answers, time-outs and the pause after a rejected login
     * @return the checks in their order; nothing is opened
     */
    public static List<CheckSpec> of(PostgresOptions options, Supplier<Vertx> vertx, TimeSource time) {
        return at(options, vertx, time).specs();
    }

    /**
     * Asks with one login for all checks that ask at the same moment of an evaluation, closed when the last has its
     * answer. A query has the time-out of a rung. Checks that use it depend on {@code postgres.round-trip}, so that a
     * broken server is not reported by each of them.
     */
    public SqlQueries queries() {
        return new LoginQueries(ladder);
    }

    /**
     * Asks what is not ours: each statement with a login of its own and in a transaction that may not write. It must be one
     * statement, of whose rows the first two are read, and the server ends it shortly before the check must. What the
     * server has against it is named by SQLSTATE and position alone.
     */
    public SqlQueries readOnlyQueries() {
        return new ReadOnlyQueries(ladder);
    }

    /** What {@link #of} gives. */
    public List<CheckSpec> specs() {
        var specs = new ArrayList<CheckSpec>();
        var rungs = Rung.values();
        for (int i = 0; i < rungs.length; i++) {
            var spec = spec(rungs[i], options);
            if (i > 0) {
                spec.dependsOn(rungs[i - 1].id);
            }
            specs.add(spec.run(new RungCheck(ladder, rungs[i])));
        }
        return List.copyOf(specs);
    }

    /** A refused server is a 503 within 1.5 s and a silent one within 4 s, each after two failures in a row. */
    private static CheckSpec.Builder spec(Rung rung, PostgresOptions options) {
        return CheckSpec.of(rung.id)
                .documented()
                .title(rung.title)
                .in(READINESS, DOCTOR)
                .failClosed()
                .unavailable("postgres_unavailable")
                .timeout(options.longest())
                .every(Duration.ofSeconds(1))
                .everyWhenFailing(Duration.ofMillis(250))
                .failureThreshold(2)
                .successThreshold(1);
    }
}
