package dev.koda.dashboard.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.store.OperationsDatabase;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginTest {
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

    private HttpResponse<String> logIn(String name, String secret, String... headers) {
        return surface.send("POST", "/session", Surface.body("name", name, "token", secret), headers);
    }

    @Test
    void aNameHasNoControlCharacters() {
        assertThat(logIn("a\0b", "koda_op_wrong").statusCode()).isEqualTo(400);
        assertThat(logIn("a\nb", "koda_op_wrong").statusCode()).isEqualTo(400);
    }

    @Test
    void aLinkGoesAlone() {
        var body = "{\"link\":\"x\",\"name\":null}";

        var answer = surface.send("POST", "/session", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("link goes alone");
        assertThat(surface.send("POST", "/session", Surface.body("link", "x", "token", token))
                        .statusCode())
                .isEqualTo(400);
        assertThat(surface.trail.events(AuditEventType.OPERATOR_LOGIN_FAILED)).isEmpty();
    }

    @Test
    void unknownNamesAreAnsweredLikeWrongTokens() {
        var other = surface.add("bob", "viewer");

        var wrong = logIn("alice", "koda_op_wrong");
        var unknown = logIn("nobody", "koda_op_wrong");
        var mixed = logIn("alice", other);

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body()).isEqualTo(mixed.body());
        assertThat(surface.trail.events(AuditEventType.OPERATOR_LOGIN_FAILED))
                .extracting(event -> String.valueOf(event.target()))
                .containsExactly("alice", "nobody", "alice");
    }

    /** In turns, so that a busy machine is as busy for both, and each from another address, so that none is locked out. */
    @Test
    void unknownNamesTakeAsLongAsWrongTokens() {
        var known = new long[200];
        var unknown = new long[200];
        for (int i = 0; i < known.length; i++) {
            surface.from(Sender.remote("10.1.0." + i, true));
            known[i] = nanosOf("alice");
            surface.from(Sender.remote("10.2.0." + i, true));
            unknown[i] = nanosOf("nobody");
        }
        Arrays.sort(known);
        Arrays.sort(unknown);

        assertThat(Duration.ofNanos(Math.abs(known[100] - unknown[100]))).isLessThan(Duration.ofMillis(5));
    }

    private long nanosOf(String name) {
        long begun = System.nanoTime();
        assertThat(logIn(name, "koda_op_wrong").statusCode()).isEqualTo(401);
        return System.nanoTime() - begun;
    }

    @Test
    void tooManyFailuresOfANameAtAnAddressAreLockedOutAndTheOwnerIsNot() {
        surface.from(Sender.remote("203.0.113.7", true));
        for (int i = 0; i < Lockouts.OF_NAME; i++) {
            assertThat(logIn("alice", "wrong").statusCode()).isEqualTo(401);
        }

        var locked = logIn("alice", "wrong");

        assertThat(locked.statusCode()).isEqualTo(429);
        assertThat(locked.headers().firstValue("retry-after")).contains("60");
        assertThat(logIn("bob", "wrong").statusCode()).isEqualTo(401);
        assertThat(logIn("alice", token).statusCode()).isEqualTo(201);
        surface.from(Sender.remote("198.51.100.1", true));
        assertThat(logIn("alice", "wrong").statusCode()).isEqualTo(401);
        assertThat(logIn("alice", token).statusCode()).isEqualTo(201);
    }

    @Test
    void aLockoutBeginsAndEndsWithAnEventThatCountsWhatWasRefused() {
        surface.from(Sender.remote("203.0.113.7", true));
        for (int i = 0; i < Lockouts.OF_NAME + 7; i++) {
            logIn("alice", "wrong");
        }
        assertThat(surface.trail.events(AuditEventType.LOCKOUT_STARTED))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.target()).isEqualTo("alice");
                    assertThat(event.source()).isEqualTo("203.0.113.7");
                });
        assertThat(surface.trail.events(AuditEventType.OPERATOR_LOGIN_FAILED)).hasSize(Lockouts.OF_NAME);

        surface.advance(Lockouts.FIRST);

        assertThat(surface.trail.events(AuditEventType.LOCKOUT_ENDED))
                .singleElement()
                .satisfies(event -> assertThat(event.details()).containsEntry("refused", 7L));
        assertThat(logIn("alice", "wrong").statusCode()).isEqualTo(401);
    }

    @Test
    void theNextLockoutIsTwiceAsLong() {
        surface.from(Sender.remote("203.0.113.7", true));
        for (var minutes : new int[] {1, 2, 4, 8, 15, 15}) {
            for (int i = 0; i < Lockouts.OF_NAME; i++) {
                logIn("alice", "wrong");
            }
            var locked = logIn("alice", "wrong");
            assertThat(locked.headers().firstValue("retry-after")).contains(Integer.toString(minutes * 60));
            surface.advance(Duration.ofMinutes(minutes));
        }
    }

    @Test
    void aSprayOverNamesIsLockedOutByTheAddress() {
        surface.from(Sender.remote("2001:db8::1", true));
        for (int i = 0; i < Lockouts.OF_ADDRESS; i++) {
            surface.from(Sender.remote("2001:db8::" + i, true));
            assertThat(logIn("user" + i, "wrong").statusCode()).isEqualTo(401);
        }

        assertThat(logIn("another", "wrong").statusCode()).isEqualTo(429);
        assertThat(surface.get("/look", Surface.bearer("wrong")).statusCode()).isEqualTo(429);
        assertThat(surface.get("/look", Surface.bearer(token)).statusCode()).isEqualTo(200);
        assertThat(surface.get("/look", Surface.breakGlass()).statusCode()).isEqualTo(200);
        assertThat(surface.get("/look").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Sec-Fetch-Site, none, 403",
        "Sec-Fetch-Site, same-origin, 201",
        "Origin, null, 403",
        "Origin, https://evil.example, 403",
        "Origin, https://koda.example, 201"
    })
    void aBrowserLogsInFromOurPageOnly(String header, String value, int status) {
        var answer = logIn("alice", token, header, value);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(surface.trail.events(AuditEventType.CSRF_REJECTED)).hasSize(status == 403 ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, https://evil.example",
        "Origin, null"
    })
    void withASessionOnlyOurPageChangesSomething(String header, String value) {
        var session = surface.logIn("alice", token);

        var answer = surface.send(
                "POST",
                "/act",
                "",
                "Cookie",
                session.cookie(),
                CredentialGate.CSRF_HEADER,
                session.csrf(),
                header,
                value);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("csrf_rejected");
        assertThat(surface.trail.events(AuditEventType.CSRF_REJECTED)).hasSize(1);
        assertThat(surface.send("POST", "/act", "", "Authorization", "Bearer " + token, header, value)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theTokenOfThePageMustBeThatOfTheSession() {
        var one = surface.logIn("alice", token);
        var other = surface.logIn("alice", token);

        var none = surface.send("POST", "/act", "", "Cookie", one.cookie());
        var foreign =
                surface.send("POST", "/act", "", "Cookie", one.cookie(), CredentialGate.CSRF_HEADER, other.csrf());
        var own = surface.send("POST", "/act", "", one.headersToAct());
        var logout = surface.send("DELETE", "/session", "", "Cookie", one.cookie());

        assertThat(none.statusCode()).isEqualTo(403);
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(logout.statusCode()).isEqualTo(403);
    }

    @Test
    void aLinkLogsInOnceWithinAMinute() {
        var made = surface.send("POST", "/login-links", Surface.body("name", "alice"), Surface.breakGlass());
        var link = new JsonObject(made.body()).getString("link");

        var first = surface.send("POST", "/session", Surface.body("link", link));
        var second = surface.send("POST", "/session", Surface.body("link", link));

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(surface.get("/look", Surface.loggedIn(first).headers()).body())
                .isEqualTo("alice operator SESSION");
        assertThat(second.statusCode()).isEqualTo(401);
        assertThat(surface.trail.events(AuditEventType.OPERATOR_LOGIN_LINK_CREATED))
                .hasSize(1);
        assertThat(surface.trail.toString()).doesNotContain(link);
    }

    @Test
    void anOldLinkIsNone() {
        var made = surface.send("POST", "/login-links", "{}", Surface.breakGlass());
        surface.advance(LoginLinks.LENGTH);

        var late =
                surface.send("POST", "/session", Surface.body("link", new JsonObject(made.body()).getString("link")));

        assertThat(late.statusCode()).isEqualTo(401);
    }

    @Test
    void onlyTheTokenOfTheSettingsMakesLinksAndOnlyWhenThatIsRecorded() {
        var admin = surface.add("root", "admin");

        assertThat(surface.send("POST", "/login-links", "{}", Surface.bearer(admin))
                        .statusCode())
                .isEqualTo(403);
        assertThat(surface.send("POST", "/login-links", Surface.body("name", "x"), Surface.breakGlass())
                        .statusCode())
                .isEqualTo(404);
        surface.trail.down();
        assertThat(surface.send("POST", "/login-links", "{}", Surface.breakGlass())
                        .statusCode())
                .isEqualTo(503);
    }

    @Test
    void whoMayLessIsToldWhatIsNeeded() {
        var answer = surface.get("/administer", Surface.bearer(token));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("role_required", "this needs the role admin; yours is operator");
        assertThat(surface.trail.events(AuditEventType.ACCESS_DENIED)).hasSize(1);
    }

    @Test
    void everyUseOfTheTokenOfTheSettingsIsRecorded() {
        int before = surface.trail.events(AuditEventType.BREAK_GLASS_USED).size();

        surface.get("/look", Surface.breakGlass());
        surface.get("/administer", Surface.breakGlass());

        assertThat(surface.trail.events(AuditEventType.BREAK_GLASS_USED)).hasSize(before + 2);
    }
}
