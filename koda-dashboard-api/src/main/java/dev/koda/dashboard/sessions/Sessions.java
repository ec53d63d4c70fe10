package dev.koda.dashboard.sessions;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.audit.AuditTrail;
import dev.koda.dashboard.http.Access;
import dev.koda.dashboard.http.Gate;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.limits.ClientRates;
import dev.koda.dashboard.operators.Operators;
import dev.koda.dashboard.store.OperationsStore;
import java.util.List;
import java.util.Objects;

/**
 * Who calls, and whether they may: the gate of the surface, and the routes with which people log in and out. Logging in,
 * logging out and reading need no store. Thread-safe.
 */
public final class Sessions implements AutoCloseable {
    private final Spent spent;
    private final Lockouts lockouts;
    private final ClientRates rates;
    private final Gate gate;
    private final LoginRoute login;
    private final SessionRoutes routes;

    private Sessions(
            SessionOptions options, OperationsStore store, Operators operators, AuditTrail trail, TimeSource time) {
        var secret = options.secret();
        var seal = Seal.of(secret == null ? null : secret.reveal());
        spent = new Spent(store, time);
        lockouts = new Lockouts(trail, time);
        rates = ClientRates.of(options.rates(), trail, time);
        var book = new SessionBook(seal, operators, options.tokens(), spent, time);
        var credentials = new Credentials(options.tokens(), operators, book);
        var links = new LoginLinks(seal, spent, trail, time);
        gate = new CredentialGate(options, credentials, book, operators, lockouts, rates, trail);
        login = new LoginRoute(options, operators, credentials, book, links, lockouts, rates, trail);
        routes = new SessionRoutes(options, operators, book, links, trail);
    }

    /** Those of a store; which of them were ended elsewhere is not known before {@link #begin}. */
    public static Sessions of(
            SessionOptions options, OperationsStore store, Operators operators, AuditTrail trail, TimeSource time) {
        return new Sessions(
                Objects.requireNonNull(options, "options"),
                Objects.requireNonNull(store, "store"),
                Objects.requireNonNull(operators, "operators"),
                Objects.requireNonNull(trail, "trail"),
                Objects.requireNonNull(time, "time"));
    }

    /** Reads which of them were ended now, and every ten seconds until {@link #close}. */
    public void begin() {
        spent.begin();
    }

    /** Who finds out who calls. */
    public Gate gate() {
        return gate;
    }

    /** Who asks too often; also for what proves itself by other means than this gate. */
    public ClientRates rates() {
        return rates;
    }

    /** To log in and out, to end sessions, and to make login links. */
    public List<Operation> operations() {
        return List.of(
                Operation.read("getSession", "/session", routes::show),
                Operation.post("logIn", "/session", Access.ANYONE, login),
                Operation.delete("logOut", "/session", Access.VIEWER, routes::logOut),
                Operation.delete("revokeSession", "/sessions/{id}", Access.ADMIN, routes::revoke),
                Operation.post("makeLoginLink", "/login-links", Access.ADMIN, routes::makeLink));
    }

    /** How many addresses, or names at an address, are locked out now. */
    public int lockouts() {
        return lockouts.active();
    }

    /** Reads no more. */
    @Override
    public void close() {
        spent.close();
        lockouts.close();
        rates.close();
    }
}
