package dev.koda.dashboard.operators;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.audit.AuditTrail;
import dev.koda.dashboard.http.Access;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The operators of the surface, and the routes with which they are listed, added and revoked. Who is one is known from
 * memory, so that asking costs no query and works while the store does not answer. Thread-safe.
 */
public final class Operators implements AutoCloseable {
    /** With what every token begins. */
    public static final String TOKEN_PREFIX = OperatorToken.PREFIX;

    private final Standing standing;
    private final OperatorRoutes routes;

    private Operators(OperationsStore store, AuditTrail trail, TimeSource time) {
        var table = new OperatorTable(store);
        standing = new Standing(table, time);
        routes = new OperatorRoutes(table, standing, trail);
    }

    /** Those of a store; nobody is known before {@link #begin}. */
    public static Operators of(OperationsStore store, AuditTrail trail, TimeSource time) {
        return new Operators(
                Objects.requireNonNull(store, "store"),
                Objects.requireNonNull(trail, "trail"),
                Objects.requireNonNull(time, "time"));
    }

    /** Reads them now, and every ten seconds until {@link #close}. */
    public void begin() {
        standing.begin();
    }

    /** How far the answers of the other methods can be relied on. */
    public Knowledge knowledge() {
        return standing.knowledge();
    }

    /** Whose token it is. Takes the same time whoever that is, and also for nobody. */
    public Optional<Operator> byToken(String token) {
        return standing.byDigest(OperatorToken.digest(token));
    }

    /** Who has this name now. */
    public Optional<Operator> byName(String name) {
        return standing.first(operator -> operator.name().equals(name));
    }

    /** Who has this id, if they are not revoked. */
    public Optional<Operator> byId(UUID id) {
        return standing.first(operator -> operator.id().equals(id));
    }

    /** To list, add and revoke them. */
    public List<Operation> operations() {
        return List.of(
                new Operation("listOperators", HttpMethod.GET, "/operators", Access.ADMIN, routes::list),
                Operation.post("addOperator", "/operators", Access.ADMIN, routes::add),
                Operation.delete("revokeOperator", "/operators/{name}", Access.ADMIN, routes::revoke));
    }

    /** Reads no more. */
    @Override
    public void close() {
        standing.close();
    }
}
