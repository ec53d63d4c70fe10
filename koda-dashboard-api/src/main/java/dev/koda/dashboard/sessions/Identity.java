package dev.koda.dashboard.sessions;

import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.Role;
import dev.koda.dashboard.operators.Operator;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody has proved to be.
 *
 * @param name of the operator, or of the token of the settings
 * @param role at that moment
 * @param operator the id; null for the token of the settings
 * @param mark which token of the settings; null for an operator
 */
record Identity(
        String name,
        Role role,
        @Nullable UUID operator,
        @Nullable String mark) {
    static Identity of(Operator operator) {
        return new Identity(operator.name(), operator.role(), operator.id(), null);
    }

    static Identity breakGlass(String mark) {
        return new Identity(Caller.BREAK_GLASS, Role.ADMIN, null, mark);
    }

    boolean isBreakGlass() {
        return operator == null;
    }

    JsonObject json() {
        return new JsonObject()
                .put("name", name)
                .put("role", role.toString())
                .put("operator", operator == null ? null : operator.toString())
                .put("mark", mark);
    }

    /** Of what {@link #json} made: nobody else can have. */
    static Identity of(JsonObject json) {
        var operator = json.getString("operator");
        return new Identity(
                json.getString("name"),
                Role.valueOf(json.getString("role").toUpperCase(Locale.ROOT)),
                operator == null ? null : UUID.fromString(operator),
                json.getString("mark"));
    }
}
