package dev.koda.dashboard.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.limits.RateLimits;
import dev.koda.dashboard.store.OperationsDatabase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over HTTP: who asks too often is told when to come back, and nobody else is held off. */
class RatesTest {
    private static final int BURST = RateLimits.usual().burst();

    private OperationsDatabase database;
    private Surface surface;
    private String token;

    @BeforeEach
    void serve() {
        database = OperationsDatabase.migrated();
        surface = Surface.on(database);
        token = surface.add("alice", "operator");
        surface.from(Sender.remote("203.0.113.7", true));
    }

    @AfterEach
    void stop() {
        surface.close();
        database.close();
    }

    @Test
    void aTokenThatAsksTooOftenIsHeldOffForAWhile() {
        for (int i = 0; i < BURST; i++) {
            assertThat(look(Surface.bearer(token))).isEqualTo(200);
        }

        var refused = surface.get("/look", Surface.bearer(token));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(new JsonObject(refused.body()).getString("reason")).isEqualTo("rate_limited");
        assertThat(refused.headers().firstValue("retry-after")).contains("1");
        assertThat(surface.trail.events(AuditEventType.RATE_LIMITED))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.actor()).isEqualTo("alice");
                    assertThat(event.source()).isEqualTo("203.0.113.7");
                });
        assertThat(look(Surface.breakGlass())).isEqualTo(200);
        var session = surface.logIn("break-glass", Surface.BREAK_GLASS);
        assertThat(look(session.headers())).isEqualTo(200);
        surface.advance(Duration.ofSeconds(1));
        assertThat(look(Surface.bearer(token))).isEqualTo(200);
    }

    @Test
    void whoProvesNothingUsesUpWhatThereIsForStrangersAlone() {
        for (int i = 0; i < BURST; i++) {
            assertThat(look()).isEqualTo(401);
        }

        assertThat(look()).isEqualTo(429);
        assertThat(look(Surface.bearer(token))).isEqualTo(200);
        surface.logIn("alice", token);
        surface.from(Sender.remote("203.0.113.8", true));
        assertThat(look()).isEqualTo(401);
    }

    @Test
    void whatIsHeldOffIsNoUseOfTheBreakGlassToken() {
        for (int i = 0; i < BURST; i++) {
            surface.get("/look", Surface.breakGlass());
        }
        int used = surface.trail.events(AuditEventType.BREAK_GLASS_USED).size();

        assertThat(surface.send("POST", "/act", "{}", Surface.breakGlass()).statusCode())
                .isEqualTo(429);

        assertThat(surface.trail.events(AuditEventType.BREAK_GLASS_USED)).hasSize(used);
    }

    private int look(String... headers) {
        return surface.get("/look", headers).statusCode();
    }
}
