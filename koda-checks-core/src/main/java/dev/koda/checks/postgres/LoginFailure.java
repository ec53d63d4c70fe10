package dev.koda.checks.postgres;

import dev.koda.checks.Outcome;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Reads why a login failed from the server's SQLSTATE and the name of the routine that refused, never from its text,
 * which is translated and may hold anything. Codes: Postgres documentation, appendix A.
 */
final class LoginFailure {
    private static final String INVALID_AUTHORIZATION = "28000";
    private static final String INVALID_PASSWORD = "28P01";

    private LoginFailure() {}

    /** True if the role was turned away, so that asking again would only do harm. */
    static boolean isRejection(PgException refusal) {
        return INVALID_PASSWORD.equals(refusal.getSqlState()) || INVALID_AUTHORIZATION.equals(refusal.getSqlState());
    }

    /** True if no line of pg_hba.conf, or a rejecting one, was the cause. */
    static boolean isByHostRule(PgException refusal) {
        return INVALID_AUTHORIZATION.equals(refusal.getSqlState())
                && "ClientAuthentication".equals(refusal.getRoutine());
    }

    static BrokenRung byHostRule(PostgresOptions options, boolean isTlsOffered) {
        return isTlsOffered
                ? BrokenRung.of(
                        "tls_required",
                        options.server() + " lets nobody in without TLS (28000), and sslmode is disable",
                        "set sslmode=require or stronger")
                : BrokenRung.of(
                        "no_pg_hba",
                        options.server() + " has no rule that lets this host, role and database in (28000)",
                        "add a line for them to pg_hba.conf and reload Postgres");
    }

    /** What the server said before anybody was let in. */
    static BrokenRung refused(PgException refusal, PostgresOptions options, LoginMemory memory) {
        var state = String.valueOf(refusal.getSqlState());
        if (state.equals("57P03")) {
            return starting(options, memory);
        }
        memory.isNotStarting();
        return state.equals(INVALID_AUTHORIZATION) ? byRole(refusal, options) : refused(state, options);
    }

    private static BrokenRung refused(String state, PostgresOptions options) {
        var server = options.server();
        return switch (state) {
            case INVALID_PASSWORD ->
                BrokenRung.of(
                        "password_rejected",
                        server + " rejects role or password (28P01)",
                        "correct the password, or ALTER ROLE ... PASSWORD to what is configured");
            case "3D000" ->
                BrokenRung.of(
                        "database_missing",
                        server + " has no database " + options.database() + " (3D000)",
                        "create the database, or correct its name");
            case "53300" ->
                BrokenRung.of(
                        "too_many_connections",
                        server + " has no connection left for the role (53300)",
                        "end idle connections, put a pooler before the server, or raise max_connections");
            case "42501" ->
                BrokenRung.of(
                        "permission",
                        server + " does not let the role connect to " + options.database() + " (42501)",
                        "GRANT CONNECT ON DATABASE to the role");
            default -> unknown(state, options);
        };
    }

    /** What went wrong once the role was in. */
    static Throwable duringQuery(Throwable failure, PostgresOptions options) {
        if (!(failure instanceof PgException refusal)) {
            return broken(failure, options);
        }
        var state = String.valueOf(refusal.getSqlState());
        return switch (state) {
            case "57P01", "57P02", "57P03" ->
                BrokenRung.of(
                        "shutting_down",
                        options.server() + " ended the connection because it stops (" + state + ")",
                        "start it again, or see who stopped it in its log");
            case "42501" ->
                BrokenRung.of(
                        "permission",
                        options.server() + " does not let the role read what was asked (42501)",
                        "GRANT the role what it lacks; the server's log names it");
            default -> unknown(state, options);
        };
    }

    /** A login that ended without a word of the server; what is no failure of a login is given back as it is. */
    static Throwable broken(Throwable failure, PostgresOptions options) {
        if (failure instanceof ConnectException) {
            return BrokenRung.of(
                    "connection_refused",
                    options.server() + " accepted a first connection and refuses the second, that of the login",
                    "see whether the server is just being stopped, and whether a proxy before it limits connections");
        }
        if (isUnsupported(failure)) {
            return BrokenRung.of(
                    "auth_unsupported",
                    options.server() + " asks for a way to log in that this program does not have",
                    "put com.ongres.scram:scram-client on the class path, or use scram-sha-256 or md5 in pg_hba.conf");
        }
        if (failure instanceof SSLException) {
            return BrokenRung.of(
                    "tls_handshake",
                    options.server() + " broke the second TLS handshake, that of the login",
                    "see whether several servers with different certificates answer at this address");
        }
        if (failure instanceof DecoderException) {
            return BrokenRung.of(
                    "unexpected_answer",
                    options.server() + " did not answer as Postgres does",
                    "see what listens there: it may be another service");
        }
        boolean isOfTheNetwork = failure instanceof IOException || failure instanceof VertxException;
        return isOfTheNetwork ? TlsRequest.reset(options) : failure;
    }

    /**
     * The client has no types of its own for these. The texts are its own and not the server's: it leaves its complaint
     * about an unknown message, which comes from no Postgres, without one.
     */
    private static boolean isUnsupported(Throwable failure) {
        boolean isScramMissing = failure instanceof VertxException
                && String.valueOf(failure.getMessage()).startsWith("Scram authentication not supported");
        return isScramMissing
                || Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                        .anyMatch(
                                cause -> cause instanceof UnsupportedOperationException && cause.getMessage() != null);
    }

    private static BrokenRung starting(PostgresOptions options, LoginMemory memory) {
        var since = memory.startingFor();
        var message = options.server() + " takes no connections yet (57P03), since " + since.toSeconds() + " s, limit "
                + LoginMemory.START.toSeconds() + " s";
        var outcome = since.compareTo(LoginMemory.START) < 0
                ? Outcome.warn(message).stopsDependents()
                : Outcome.fail(message);
        return new BrokenRung(outcome.reason("starting_up")
                .hint("it starts, recovers or stops: wait, and see its log if it takes long"));
    }

    private static BrokenRung byRole(PgException refusal, PostgresOptions options) {
        return switch (String.valueOf(refusal.getRoutine())) {
            case "InitializeSessionUserId" ->
                BrokenRung.of(
                        "role_missing",
                        options.server() + " has no such role, or it may not log in (28000)",
                        "CREATE ROLE ... LOGIN, or correct the user");
            case "auth_failed" ->
                BrokenRung.of(
                        "auth_rejected",
                        options.server() + " rejects the role by a method without password (28000)",
                        "see the method of the matching line in pg_hba.conf: peer, ident and cert take no password");
            default -> byHostRule(options, false);
        };
    }

    private static BrokenRung unknown(String state, PostgresOptions options) {
        return BrokenRung.of(
                "server_error",
                options.server() + " answered with SQLSTATE " + state,
                "look the code up in appendix A of Postgres's documentation, and see the server's log");
    }
}
