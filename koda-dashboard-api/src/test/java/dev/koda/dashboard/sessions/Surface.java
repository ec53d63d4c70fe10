package dev.koda.dashboard.sessions;

import static dev.koda.dashboard.store.OperationsDatabase.await;

import dev.koda.checks.settings.Secret;
import dev.koda.checks.testing.VirtualTime;
import dev.koda.dashboard.http.Access;
import dev.koda.dashboard.http.BearerTokens;
import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.http.OperationRoutes;
import dev.koda.dashboard.http.PlainHttp;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.operators.Knowledge;
import dev.koda.dashboard.operators.Operators;
import dev.koda.dashboard.store.Eventually;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One server with operators and sessions on a real store, a client for it, and a time that the test moves. */
public final class Surface implements AutoCloseable {
    public static final String BREAK_GLASS = "break-glass-token-4711-0815";
    public static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Secret SECRET = Secret.of("a-session-secret-that-nobody-can-guess-1");

    public final RecordedTrail trail = new RecordedTrail();
    public final Operators operators;
    public final Sessions sessions;
    private final OperationsDatabase database;
    private final OperationsStore store;
    private final VirtualTime time;
    private final Context loop;
    private final HttpClient client = PlainHttp.client();
    private final String base;
    private volatile Sender sender = Sender.local();

    private Surface(OperationsDatabase database, VirtualTime time, boolean isBegun, Operation... more) {
        this.database = database;
        this.time = time;
        store = database.store();
        operators = Operators.of(store, trail, time);
        sessions = Sessions.of(
                new SessionOptions(
                        BearerTokens.ofList(BREAK_GLASS), SECRET, request -> sender, Set.of("https://koda.example")),
                store,
                operators,
                trail,
                time);
        loop = database.vertx().getOrCreateContext();
        base = "http://127.0.0.1:" + serve(more) + "/api/operations";
        if (isBegun) {
            begin();
        }
    }

    public static Surface on(OperationsDatabase database, Operation... more) {
        return new Surface(database, new VirtualTime(), true, more);
    }

    public static Surface on(OperationsDatabase database, VirtualTime time, Operation... more) {
        return new Surface(database, time, true, more);
    }

    /** One whose store has not answered yet. */
    static Surface notBegun(OperationsDatabase database) {
        return new Surface(database, new VirtualTime(), false);
    }

    private void begin() {
        operators.begin();
        sessions.begin();
        Eventually.holds(LIMIT, () -> operators.knowledge() == Knowledge.FRESH);
        // Both readings are over, and the next ones wait for their time.
        Eventually.holds(LIMIT, () -> time.pendingTimers() >= 2);
    }

    private int serve(Operation... more) {
        var all = new ArrayList<>(List.of(
                Operation.read("look", "/look", Surface::tell),
                Operation.post("act", "/act", Access.OPERATOR, Surface::tell),
                new Operation("administer", HttpMethod.GET, "/administer", Access.ADMIN, Surface::tell)));
        all.addAll(operators.operations());
        all.addAll(sessions.operations());
        all.addAll(List.of(more));
        var vertx = database.vertx();
        Promise<Integer> port = Promise.promise();
        loop.runOnContext(now -> {
            var root = Router.router(vertx);
            root.route("/api/operations/*")
                    .subRouter(OperationRoutes.of(all, sessions.gate()).router(vertx));
            vertx.createHttpServer()
                    .requestHandler(root)
                    .listen(0, "127.0.0.1")
                    .map(server -> server.actualPort())
                    .onComplete(port);
        });
        return await(port.future());
    }

    private static void tell(RoutingContext context) {
        var caller = Caller.of(context);
        context.response().end(caller.name() + " " + caller.role() + " " + caller.means());
    }

    /** From where requests come from now on. */
    void from(Sender other) {
        sender = other;
    }

    /** On the event loop, as a timer would. */
    public void advance(Duration duration) {
        Promise<Void> moved = Promise.promise();
        loop.runOnContext(now -> {
            time.advance(duration);
            moved.complete();
        });
        await(moved.future());
    }

    public String base() {
        return base;
    }

    /** A token for a new operator. */
    public String add(String name, String role) {
        var answer = send("POST", "/operators", body("name", name, "role", role), breakGlass());
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return new JsonObject(answer.body()).getString("token");
    }

    /** A cookie and the token that goes with it. */
    public record LoggedIn(String cookie, String csrf, String session) {
        String[] headers() {
            return new String[] {"Cookie", cookie};
        }

        public String[] headersToAct() {
            return new String[] {"Cookie", cookie, CredentialGate.CSRF_HEADER, csrf};
        }
    }

    public LoggedIn logIn(String name, String token) {
        return loggedIn(send("POST", "/session", body("name", name, "token", token)));
    }

    static LoggedIn loggedIn(HttpResponse<String> answer) {
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        var cookie = cookieOf(answer);
        var body = new JsonObject(answer.body());
        return new LoggedIn(cookie, body.getString("csrf"), body.getString("session"));
    }

    /** The pair of name and value that an answer sets. */
    static String cookieOf(HttpResponse<String> answer) {
        return answer.headers().firstValue("set-cookie").orElse("").split(";", 2)[0];
    }

    public static String body(String... pairs) {
        var json = new JsonObject();
        for (int i = 0; i < pairs.length; i += 2) {
            json.put(pairs[i], pairs[i + 1]);
        }
        return json.encode();
    }

    public static String[] breakGlass() {
        return bearer(BREAK_GLASS);
    }

    public static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("no answer", e);
        }
    }

    /** Nothing is asked of the store any more; what was known stays known. */
    public void storeIsGone() {
        store.close();
    }

    @Override
    public void close() {
        sessions.close();
        operators.close();
        store.close();
    }
}
