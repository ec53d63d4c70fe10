package dev.koda.dashboard.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.sessions.Surface.LoggedIn;
import dev.koda.dashboard.store.Eventually;
import dev.koda.dashboard.store.OperationsDatabase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private OperationsDatabase database;
    private Surface surface;
    private String token;

    @BeforeEach
    void serve() {
        database = OperationsDatabase.migrated();
        surface = Surface.on(database);
        token = surface.add("alice", "operator");
    }

    @AfterEach
    void stop() {
        surface.close();
        database.close();
    }

    private int look(LoggedIn session) {
        return surface.get("/look", session.headers()).statusCode();
    }

    @Test
    void whoLogsInIsKnownByTheCookie() {
        var session = surface.logIn("alice", token);

        assertThat(surface.get("/look", session.headers()).body()).isEqualTo("alice operator SESSION");
        var own = new JsonObject(surface.get("/session", session.headers()).body());
        assertThat(own.getString("name")).isEqualTo("alice");
        assertThat(own.getString("csrf")).isEqualTo(session.csrf());
        assertThat(surface.send("POST", "/act", "", session.headersToAct()).statusCode())
                .isEqualTo(200);
        assertThat(surface.trail.events(AuditEventType.OPERATOR_LOGIN_SUCCEEDED))
                .singleElement()
                .satisfies(event -> assertThat(event.target()).isEqualTo(session.session()));
    }

    @Test
    void theCookieIsForThisMachineOrForTls() {
        var plain = surface.send("POST", "/session", Surface.body("name", "alice", "token", token));
        surface.from(Sender.remote("203.0.113.7", true));
        var secure = surface.send("POST", "/session", Surface.body("name", "alice", "token", token));

        assertThat(plain.headers().firstValue("set-cookie").orElseThrow())
                .startsWith("koda_operations_session=")
                .contains("Path=/api/operations", "HTTPOnly", "SameSite=Strict")
                .doesNotContain("Secure", "Domain");
        assertThat(secure.headers().firstValue("set-cookie").orElseThrow())
                .startsWith("__Host-koda_operations_session=")
                .contains("Path=/;", "HTTPOnly", "SameSite=Strict", "Secure")
                .doesNotContain("Domain");
        // A cookie that a plain page could have set is none under TLS.
        var planted = Surface.cookieOf(plain);
        assertThat(surface.get("/look", "Cookie", planted).statusCode()).isEqualTo(401);
        assertThat(surface.get("/look", "Cookie", Surface.cookieOf(secure)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void loggingInFromElsewhereNeedsTls() {
        surface.from(Sender.remote("203.0.113.7", false));

        var answer = surface.send("POST", "/session", Surface.body("name", "alice", "token", token));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains("insecure_connection", "X-Forwarded-Proto")
                .doesNotContain(token);
        assertThat(surface.trail.events(AuditEventType.OPERATOR_LOGIN_FAILED)).hasSize(1);
    }

    @Test
    void whoLogsOutIsOutHereAndElsewhere() {
        try (var other = Surface.on(database)) {
            var session = surface.logIn("alice", token);
            assertThat(other.get("/look", session.headers()).statusCode()).isEqualTo(200);

            var out = surface.send("DELETE", "/session", "", session.headersToAct());

            assertThat(out.statusCode()).isEqualTo(204);
            assertThat(out.headers().firstValue("set-cookie").orElseThrow()).contains("Max-Age=0");
            assertThat(look(session)).isEqualTo(401);
            Eventually.holds(
                    Surface.LIMIT,
                    () -> database.ask("SELECT count(*) FROM koda_ops.spent").equals("1"));
            other.advance(Spent.INTERVAL);
            Eventually.holds(
                    Surface.LIMIT, () -> other.get("/look", session.headers()).statusCode() == 401);
            assertThat(surface.trail.events(AuditEventType.OPERATOR_LOGOUT)).hasSize(1);
        }
    }

    @Test
    void aSessionEndsWithItsOperatorAlsoIfTheNameIsGivenAgain() {
        var session = surface.logIn("alice", token);
        surface.send("DELETE", "/operators/alice", "", Surface.breakGlass());
        surface.add("alice", "operator");

        assertThat(look(session)).isEqualTo(401);
    }

    @Test
    void anAdministratorEndsTheSessionOfAnother() {
        var session = surface.logIn("alice", token);

        var ended = surface.send("DELETE", "/sessions/" + session.session(), "", Surface.breakGlass());

        assertThat(ended.statusCode()).isEqualTo(204);
        assertThat(look(session)).isEqualTo(401);
        assertThat(surface.get("/look", session.headers()).body()).contains("session_ended");
        assertThat(surface.trail.events(AuditEventType.OPERATOR_SESSION_REVOKED))
                .hasSize(1);
        assertThat(surface.send("DELETE", "/sessions/x", "", Surface.breakGlass())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whoAsksNothingForHalfAnHourIsOut() {
        var session = surface.logIn("alice", token);
        surface.advance(Session.IDLE.minusSeconds(1));
        assertThat(look(session)).isEqualTo(200);

        surface.advance(Session.IDLE.minusSeconds(1));
        assertThat(look(session)).isEqualTo(200);
        surface.advance(Session.IDLE);

        assertThat(look(session)).isEqualTo(401);
    }

    @Test
    void theCookieIsMadeAnewSoThatAnotherServerKnowsWhenSomethingWasAsked() {
        try (var other = Surface.on(database)) {
            var session = surface.logIn("alice", token);
            surface.advance(Duration.ofMinutes(20));
            other.advance(Duration.ofMinutes(40));

            var asked = surface.get("/look", session.headers());

            assertThat(other.get("/look", session.headers()).statusCode()).isEqualTo(401);
            assertThat(other.get("/look", "Cookie", Surface.cookieOf(asked)).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void afterTwelveHoursEverybodyIsOut() {
        var session = surface.logIn("alice", token);
        for (int i = 1; i < 48; i++) {
            surface.advance(Duration.ofMinutes(15));
            assertThat(look(session)).isEqualTo(200);
        }

        surface.advance(Duration.ofMinutes(15));

        assertThat(look(session)).isEqualTo(401);
    }

    @Test
    void nobodyMakesACookie() {
        var session = surface.logIn("alice", token);
        var value = session.cookie();
        char last = value.charAt(value.length() - 10);
        var changed = value.substring(0, value.length() - 10)
                + (last == 'A' ? 'B' : 'A')
                + value.substring(value.length() - 9);
        var foreign = Session.open(Seal.of("another"), value.substring(value.indexOf('=') + 1));

        assertThat(surface.get("/look", "Cookie", changed).statusCode()).isEqualTo(401);
        assertThat(surface.get("/look", "Cookie", "koda_operations_session=x").statusCode())
                .isEqualTo(401);
        assertThat(foreign).isEmpty();
        for (int length = 0; length < 100; length++) {
            assertThat(Session.open(Seal.of("any"), "A".repeat(length))).isEmpty();
        }
        assertThat(surface.trail.events(AuditEventType.AUTH_FAILURE)).hasSize(2);
    }

    @Test
    void loggingInAgainEndsTheSessionBefore() {
        var first = surface.logIn("alice", token);
        var again = surface.send(
                "POST", "/session", Surface.body("name", "alice", "token", token), "Cookie", first.cookie());

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(look(first)).isEqualTo(401);
        assertThat(look(Surface.loggedIn(again))).isEqualTo(200);
    }

    @Test
    void everythingButChangesWorksInAnOutage() {
        surface.storeIsGone();

        var session = surface.logIn("alice", token);

        assertThat(look(session)).isEqualTo(200);
        surface.advance(Duration.ofMinutes(5));
        assertThat(look(session)).isEqualTo(200);
        assertThat(surface.send("POST", "/act", "", session.headersToAct()).statusCode())
                .isEqualTo(503);
        assertThat(surface.send("DELETE", "/session", "", session.headersToAct())
                        .statusCode())
                .isEqualTo(204);
        assertThat(look(session)).isEqualTo(401);
    }

    @Test
    void aServerThatBeganInAnOutageKnowsSessionsAndTheTokenOfTheSettings() {
        var before = surface.logIn("alice", token);
        try (var late = Surface.notBegun(database)) {
            assertThat(late.get("/look", before.headers()).statusCode()).isEqualTo(200);
            var act = late.send("POST", "/act", "", before.headersToAct());
            assertThat(act.statusCode()).isEqualTo(503);
            assertThat(late.get("/look", Surface.bearer(token)).statusCode()).isEqualTo(503);
            assertThat(late.get("/look", Surface.bearer("anything")).statusCode())
                    .isEqualTo(401);
            assertThat(late.send("POST", "/session", Surface.body("name", "alice", "token", token))
                            .statusCode())
                    .isEqualTo(503);

            var session = late.logIn("break-glass", Surface.BREAK_GLASS);

            assertThat(late.get("/administer", session.headers()).body()).isEqualTo("break-glass admin SESSION");
            assertThat(late.trail.events(AuditEventType.BREAK_GLASS_USED)).hasSize(1);
        }
    }

    @Test
    void aProxyMaySayWhoItIsIfItIsAskedTo() {
        surface.from(new Sender("203.0.113.7", true, false, "alice"));
        assertThat(surface.get("/look").body()).isEqualTo("alice operator PROXY");
        assertThat(surface.send("POST", "/act", "", "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);

        surface.from(new Sender("203.0.113.7", true, false, "mallory"));
        assertThat(surface.get("/look").statusCode()).isEqualTo(401);
    }
}
