package dev.koda.checks.postgres;

import dev.koda.checks.Outcome;
import java.time.Duration;

/** The rungs of the ladder, lowest first: each is a check that depends on the one below. */
enum Rung {
    DNS("postgres.dns", "Host name resolves"),
    TCP("postgres.tcp", "Port accepts connections"),
    TLS("postgres.tls", "Connection is as safe as asked for"),
    AUTH("postgres.auth", "Role may log in"),
    ROUND_TRIP("postgres.round-trip", "A query is answered in time");

    final String id;
    final String title;

    Rung(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** The outcome of nothing having come back. */
    Outcome silence(PostgresOptions options, Duration limit) {
        var within = " within " + limit.toMillis() + " ms";
        return switch (this) {
            case DNS ->
                Outcome.fail("no answer to the look-up of " + options.host() + within)
                        .reason("dns_timeout")
                        .hint("see whether this host reaches its DNS servers");
            case TCP ->
                Outcome.fail(options.server() + " did not accept a connection" + within)
                        .reason("connect_timeout")
                        .hint("see whether the host is up and no firewall drops the packets");
            case TLS -> stuck(options.server() + " accepts connections but did not answer the first byte" + within);
            case AUTH -> stuck(options.server() + " did not answer the login" + within);
            case ROUND_TRIP -> stuck(options.server() + " did not answer SELECT 1" + within);
        };
    }

    private static Outcome stuck(String message) {
        return Outcome.fail(message)
                .reason("no_answer")
                .hint(
                        "the server is stopped, overloaded or behind a proxy without a backend: look at its process and log");
    }
}
