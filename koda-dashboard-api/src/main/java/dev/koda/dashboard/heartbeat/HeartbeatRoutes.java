package dev.koda.dashboard.heartbeat;

import dev.koda.checks.CheckId;
import dev.koda.checks.heartbeat.HeartbeatToken;
import dev.koda.checks.heartbeat.Heartbeats;
import dev.koda.checks.settings.Secret;
import dev.koda.dashboard.http.Access;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.http.Refusal;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.limits.ClientRates;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hears heartbeats: each with the token that is derived for it, which opens nothing else. An id that nobody expects is
 * answered as a wrong token is. For one event loop.
 */
public final class HeartbeatRoutes {
    private static final String SCHEME = "bearer ";
    private static final int LARGEST_EXIT = 255;

    private final Heartbeats heartbeats;
    private final HeartbeatTable table;
    private final @Nullable Secret secret;
    private final Function<HttpServerRequest, Sender> senderOf;
    private final ClientRates rates;

    private HeartbeatRoutes(
            Heartbeats heartbeats,
            HeartbeatTable table,
            @Nullable Secret secret,
            Function<HttpServerRequest, Sender> senderOf,
            ClientRates rates) {
        this.heartbeats = heartbeats;
        this.table = table;
        this.secret = secret;
        this.senderOf = senderOf;
        this.rates = rates;
    }

    /**
     * Keeps in this store the heartbeats that are expected. Without a store, their checks do not apply.
     *
     * @param secret what tokens are derived from; null if there is none, and no heartbeat is heard
     * @param senderOf who sends a request, as far as it is vouched for
     * @param rates holds off who sends too many
     */
    public static HeartbeatRoutes of(
            Heartbeats heartbeats,
            OperationsStore store,
            @Nullable Secret secret,
            Function<HttpServerRequest, Sender> senderOf,
            ClientRates rates) {
        Objects.requireNonNull(heartbeats, "heartbeats");
        var table = new HeartbeatTable(store);
        if (!store.isAbsent()) {
            heartbeats.keptBy(table);
        }
        return new HeartbeatRoutes(
                heartbeats,
                table,
                secret,
                Objects.requireNonNull(senderOf, "senderOf"),
                Objects.requireNonNull(rates, "rates"));
    }

    /** What it serves. */
    public List<Operation> operations() {
        return List.of(
                Operation.post("beat", "/heartbeats/{id}", Access.ANYONE, context -> hear(context, 0)),
                Operation.post(
                        "beatWithExit",
                        "/heartbeats/{id}/{exit}",
                        Access.ANYONE,
                        context -> hear(context, exit(context.pathParam("exit")))));
    }

    private static int exit(String text) {
        int exit = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : LARGEST_EXIT + 1;
        if (exit > LARGEST_EXIT) {
            throw Refusal.of(400, "what follows the id is an exit code from 0 to " + LARGEST_EXIT);
        }
        return exit;
    }

    private void hear(RoutingContext context, int exit) {
        if (secret == null) {
            throw Refusal.of(
                    503,
                    "heartbeats_not_configured",
                    "the server has no WEB_OPERATOR_SESSION_SECRET, from which the tokens of heartbeats are derived");
        }
        var sender = senderOf.apply(context.request());
        var id = admitted(context, sender, secret);
        refuse(rates.refusal(sender, "heartbeat " + id, null));
        table.hear(id, exit, sender.address())
                .onSuccess(heard -> context.response().setStatusCode(204).end())
                .onFailure(context::fail);
    }

    private static void refuse(Optional<Refusal> refusal) {
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    private CheckId admitted(RoutingContext context, Sender sender, Secret from) {
        var name = context.pathParam("id");
        var known = heartbeats.expected().stream()
                .filter(id -> id.toString().equals(name))
                .findFirst();
        // An unknown id costs as much as a known one.
        var expected = HeartbeatToken.of(from.reveal(), known.orElse(CheckId.of("no.heartbeat")));
        boolean isRight = isSame(expected, context.request().getHeader(HttpHeaders.AUTHORIZATION));
        if (!isRight || known.isEmpty()) {
            refuse(rates.refusal(sender));
            throw Refusal.of(
                    401,
                    "this needs an Authorization header with the bearer token of a heartbeat that is expected here; koda"
                            + " beat ID --show-token shows it");
        }
        return known.get();
    }

    private static boolean isSame(String expected, @Nullable String authorization) {
        var header = authorization == null ? "" : authorization;
        var given = header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                ? header.substring(SCHEME.length()).strip()
                : "";
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
