package dev.koda.checks.postgres;

import static dev.koda.checks.Suite.DOCTOR;
import static dev.koda.checks.Suite.READINESS;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The checks of one Postgres: the ladder from its name to an answered query, and how full it is. */
public final class PostgresChecks {
    private PostgresChecks() {}

    /**
     * {@code postgres.dns}, {@code tcp}, {@code tls}, {@code auth}, {@code round-trip} for readiness and doctor, and
     * {@code connections} for the doctor.
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
        var ladder = new Ladder(options, vertx, time);
        var specs = new ArrayList<CheckSpec>();
        var rungs = Rung.values();
        for (int i = 0; i < rungs.length; i++) {
            var spec = spec(rungs[i], options);
            if (i > 0) {
                spec.dependsOn(rungs[i - 1].id);
            }
            specs.add(spec.run(new RungCheck(ladder, rungs[i])));
        }
        specs.add(CheckSpec.of("postgres.connections")
                .documented()
                .title("Connections are left")
                .in(DOCTOR)
                .dependsOn(Rung.ROUND_TRIP.id)
                .timeout(options.longest())
                .every(Duration.ofSeconds(60))
                .run(new ConnectionsCheck(ladder)));
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
