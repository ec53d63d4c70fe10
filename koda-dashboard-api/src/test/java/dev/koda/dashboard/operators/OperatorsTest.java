package dev.koda.dashboard.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.http.Problem;
import dev.koda.dashboard.sessions.Surface;
import dev.koda.dashboard.store.Eventually;
import dev.koda.dashboard.store.OperationsDatabase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorsTest {
    private OperationsDatabase database;
    private Surface surface;

    @BeforeEach
    void serve() {
        database = OperationsDatabase.migrated();
        surface = Surface.on(database);
    }

    @AfterEach
    void stop() {
        surface.close();
        database.close();
    }

    @Test
    void anOperatorGetsATokenOnceAndComesInWithIt() {
        var token = surface.add("alice", "operator");

        assertThat(token).startsWith(Operators.TOKEN_PREFIX).hasSizeGreaterThan(50);
        assertThat(surface.get("/look", Surface.bearer(token)).body()).isEqualTo("alice operator TOKEN");
        assertThat(surface.get("/operators", Surface.breakGlass()).body())
                .contains("alice")
                .doesNotContain(token);
        assertThat(database.ask("SELECT row_to_json(o)::text FROM koda_ops.operator o"))
                .doesNotContain(token);
        assertThat(surface.trail.toString()).doesNotContain(token);
        var added = surface.trail.events(AuditEventType.OPERATOR_ADDED);
        assertThat(added).singleElement().satisfies(event -> {
            assertThat(event.actor()).isEqualTo("break-glass");
            assertThat(event.target()).isEqualTo("alice");
        });
    }

    @Test
    void aRevokedOneIsOutAtOnceAndTheNameIsFree() {
        var first = surface.add("alice", "viewer");
        var revoked = surface.send("DELETE", "/operators/alice", "", Surface.breakGlass());
        var second = surface.add("alice", "admin");

        assertThat(revoked.statusCode()).isEqualTo(204);
        assertThat(surface.get("/look", Surface.bearer(first)).statusCode()).isEqualTo(401);
        assertThat(surface.get("/look", Surface.bearer(second)).statusCode()).isEqualTo(200);
        var all =
                new JsonObject(surface.get("/operators", Surface.bearer(second)).body()).getJsonArray("items");
        assertThat(all).hasSize(2);
        assertThat(all.getJsonObject(0).getString("role")).isEqualTo("admin");
        assertThat(all.getJsonObject(1).getString("revoked_by")).isEqualTo("break-glass");
    }

    @Test
    void anotherServerKnowsWithinOneReading() {
        try (var other = Surface.on(database)) {
            var token = surface.add("alice", "viewer");
            assertThat(other.get("/look", Surface.bearer(token)).statusCode()).isEqualTo(401);

            other.advance(Standing.INTERVAL);
            Eventually.holds(
                    Surface.LIMIT,
                    () -> other.get("/look", Surface.bearer(token)).statusCode() == 200);
            surface.send("DELETE", "/operators/alice", "", Surface.breakGlass());
            other.advance(Standing.INTERVAL);

            Eventually.holds(
                    Surface.LIMIT,
                    () -> other.get("/look", Surface.bearer(token)).statusCode() == 401);
        }
    }

    @Test
    void whatCannotBeRecordedIsNotDone() {
        surface.add("alice", "viewer");
        surface.trail.down();

        var added =
                surface.send("POST", "/operators", Surface.body("name", "bob", "role", "viewer"), Surface.breakGlass());
        var revoked = surface.send("DELETE", "/operators/alice", "", Surface.breakGlass());

        assertThat(added.statusCode()).isEqualTo(503);
        assertThat(added.body()).contains("audit_unavailable");
        assertThat(revoked.statusCode()).isEqualTo(503);
        assertThat(database.ask("SELECT string_agg(name, ',') FROM koda_ops.operator WHERE revoked_at IS NULL"))
                .isEqualTo("alice");
    }

    @Test
    void readingSurvivesAnOutageAndChangingDoesNot() {
        var token = surface.add("alice", "admin");
        surface.storeIsGone();
        surface.advance(Standing.FRESH.plus(Duration.ofMinutes(30)));

        var looked = surface.get("/look", Surface.bearer(token));
        var acted = surface.send("POST", "/act", "", Surface.bearer(token));
        var byBreakGlass = surface.send("POST", "/act", "", Surface.breakGlass());

        assertThat(looked.statusCode()).isEqualTo(200);
        assertThat(acted.statusCode()).isEqualTo(503);
        assertThat(acted.body()).contains("operations_store_unavailable");
        assertThat(byBreakGlass.statusCode()).isEqualTo(200);
    }

    @Test
    void twoOfOneNameCannotBe() {
        surface.add("alice", "viewer");

        var again = surface.send(
                "POST", "/operators", Surface.body("name", "alice", "role", "viewer"), Surface.breakGlass());

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("operator_exists");
        assertThat(surface.trail.events(AuditEventType.OPERATOR_ADDED)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "4711",
                "{\"name\":\"bob\"}",
                "{\"name\":\"bob\",\"role\":\"root\"}",
                "{\"name\":\"break-glass\",\"role\":\"admin\"}",
                "{\"name\":\"../x\",\"role\":\"admin\"}",
                "{\"name\":\"a b\",\"role\":\"admin\"}",
                "{\"name\":7,\"role\":\"admin\"}",
                "{\"name\":\"bob\",\"role\":\"admin\",\"roles\":[]}",
                "{\"name\":\"bob\",\"role\":\"admin\"} x"
            })
    void refusesWhatIsNoOperator(String body) {
        var answer = surface.send("POST", "/operators", body, Surface.breakGlass());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type")).contains(Problem.MEDIA_TYPE);
    }

    @Test
    void nobodyIsNobody() {
        var answer = surface.send("DELETE", "/operators/nobody", "", Surface.breakGlass());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(surface.trail.events(AuditEventType.OPERATOR_REVOKED)).isEmpty();
    }
}
