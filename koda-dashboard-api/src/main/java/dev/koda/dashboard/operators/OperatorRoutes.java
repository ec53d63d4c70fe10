package dev.koda.dashboard.operators;

import dev.koda.dashboard.audit.AuditEvent;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.audit.AuditTrail;
import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.JsonBody;
import dev.koda.dashboard.http.Refusal;
import dev.koda.dashboard.http.Role;
import dev.koda.dashboard.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lists, adds and revokes. What is not recorded is not done. */
final class OperatorRoutes {
    /** So that addresses of mail are names too, and no name is a path or a line. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}");

    private final OperatorTable table;
    private final Standing standing;
    private final AuditTrail trail;

    OperatorRoutes(OperatorTable table, Standing standing, AuditTrail trail) {
        this.table = table;
        this.standing = standing;
        this.trail = trail;
    }

    void list(RoutingContext context) {
        table.list()
                .onSuccess(all ->
                        answer(context, 200, new JsonObject().put("items", all).putNull("next_cursor")))
                .onFailure(context::fail);
    }

    void add(RoutingContext context) {
        var body = JsonBody.of(context).only("name", "role");
        var operator = new Operator(UUID.randomUUID(), newName(body.text("name")), role(body.text("role")));
        var by = Caller.of(context).name();
        var token = OperatorToken.make();
        table.isLive(operator.name())
                .compose(isLive -> isLive ? Future.failedFuture(taken(operator.name())) : Future.succeededFuture())
                .compose(free -> trail.record(AuditEvent.of(AuditEventType.OPERATOR_ADDED)
                        .by(by)
                        .to(operator.name())
                        .with("role", operator.role().toString())))
                .compose(recorded -> table.add(operator, OperatorToken.digest(token), by))
                .recover(failure -> Future.failedFuture(isDuplicate(failure) ? taken(operator.name()) : failure))
                .compose(added -> standing.read())
                .onSuccess(known -> answer(
                        context,
                        201,
                        new JsonObject()
                                .put("name", operator.name())
                                .put("role", operator.role().toString())
                                .put("token", token)))
                .onFailure(context::fail);
    }

    void revoke(RoutingContext context) {
        var name = context.pathParam("name");
        var by = Caller.of(context).name();
        if (!NAME.matcher(name).matches()) {
            throw nobody();
        }
        table.isLive(name)
                .compose(isLive -> isLive ? Future.succeededFuture() : Future.failedFuture(nobody()))
                .compose(there -> trail.record(
                        AuditEvent.of(AuditEventType.OPERATOR_REVOKED).by(by).to(name)))
                .compose(recorded -> table.revoke(name, by))
                .compose(revoked -> standing.read())
                .onSuccess(known -> context.response().setStatusCode(204).end())
                .onFailure(context::fail);
    }

    private static String newName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Refusal.of(
                    400, "name has 1 to 100 letters, digits and . _ @ + -, and begins with a letter or a digit");
        }
        if (name.equals(Caller.BREAK_GLASS)) {
            throw Refusal.of(400, Caller.BREAK_GLASS + " is the name of the token of the settings");
        }
        return name;
    }

    private static Role role(String text) {
        return Arrays.stream(Role.values())
                .filter(role -> role.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> Refusal.of(
                        400,
                        "role is one of "
                                + Arrays.stream(Role.values())
                                        .map(Role::toString)
                                        .collect(Collectors.joining(", "))));
    }

    private static boolean isDuplicate(Throwable failure) {
        return failure instanceof StoreException refused && refused.kind() == StoreException.Kind.DUPLICATE;
    }

    private static Refusal taken(String name) {
        return Refusal.of(409, "operator_exists", "there is an operator " + name + "; revoke that one first");
    }

    private static Refusal nobody() {
        return Refusal.of(404, "there is no operator of this name, or they are revoked already");
    }

    private static void answer(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body.toBuffer());
    }
}
