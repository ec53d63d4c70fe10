package dev.koda.dashboard.audit;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Redactor;
import dev.koda.checks.vertx.VertxTime;
import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.http.Gate;
import dev.koda.dashboard.http.OperationRoutes;
import dev.koda.dashboard.http.PlainHttp;
import dev.koda.dashboard.http.Role;
import dev.koda.dashboard.store.Eventually;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit part as a server has it, over HTTP. */
class AuditTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient client = PlainHttp.client();
    private final Server server = new Server();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private OperationsDatabase database;
    private OperationsStore store;

    /** One event loop with the audit part on it. */
    @SuppressWarnings("NullAway.Init") // deployed before it is asked
    private final class Server extends VerticleBase {
        private HttpServer http;
        private Audit audit;

        @Override
        public Future<?> start() {
            Gate gate = (context, operation) ->
                    Future.succeededFuture(new Caller("alice", Role.ADMIN, Caller.Means.SESSION, "one"));
            var options = new AuditOptions(
                    directory.resolve("state"),
                    "node-1",
                    Redactor.byShape(),
                    Cursors.ofThisProcess(),
                    Duration.ofDays(90),
                    null,
                    null);
            audit = Audit.stored(vertx, VertxTime.of(vertx), store, options);
            audit.begin("a", Leases.in(store));
            http = vertx.createHttpServer()
                    .requestHandler(
                            OperationRoutes.of(audit.operations(gate), gate).router(vertx));
            return http.listen(0, "127.0.0.1");
        }

        Future<Void> drain() {
            Promise<Void> done = Promise.promise();
            context.runOnContext(now -> audit.drain().onComplete(done));
            return done.future();
        }
    }

    @BeforeEach
    void serve() {
        database = OperationsDatabase.migrated();
        store = database.store();
        await(database.vertx().deployVerticle(server));
    }

    @AfterEach
    void stop() {
        store.close();
        database.close();
    }

    @Test
    void whatIsRecordedIsSealedAndListed() throws Exception {
        record(5);

        var page = json(ask("GET", "/audit/events?type=security.operator_login_failed"));

        assertThat(page.getJsonArray("items")).hasSize(5);
        assertThat(page.getValue("next_cursor")).isNull();
        assertThat(page.getJsonArray("items").getJsonObject(0).getString("actor"))
                .isEqualTo("user-4");
    }

    @Test
    void anEventIsFoundByItsIdAndByItsNumber() throws Exception {
        record(3);
        var listed = json(ask("GET", "/audit/events")).getJsonArray("items").getJsonObject(1);
        // As those have that are imported: nothing of the time stands in it.
        var other = UUID.nameUUIDFromBytes(new byte[] {1});
        database.execute("INSERT INTO koda_ops.audit_log (seq, id, occurred_at, type, severity, body, previous, hash)"
                + " VALUES (900, '" + other + "', now(), 'security.koda_event', 0, '{\"id\":\"" + other
                + "\"}', '\\x00', '\\x01')");

        assertThat(json(ask("GET", "/audit/events/" + listed.getString("id")))).isEqualTo(listed);
        assertThat(json(ask("GET", "/audit/events/" + listed.getLong("seq")))).isEqualTo(listed);
        assertThat(json(ask("GET", "/audit/events/" + other)).getLong("seq")).isEqualTo(900);
    }

    @ParameterizedTest
    @ValueSource(strings = {"901", "1-1-1-1-1", "x", "c4ca4238-a0b9-3382-8dcc-509a6f75849b", "999999999999999999999"})
    void whatTheLogHasNotIsNotFound(String id) throws Exception {
        assertThat(ask("GET", "/audit/events/" + id).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":nothing}",
                "{\"id\":1}{\"id\":2}",
                "{\"id\":1} /* a comment */ }",
                "{\"id\":1,}",
                "{\"id\":[1}",
                "{\"id\":\"\\x\"}",
                "{\"}",
                "{}",
                "nothing"
            })
    void aBodyThatSomebodyHasSpoiltSpoilsNoAnswer(String body) throws Exception {
        record(1);
        database.execute(
                "UPDATE koda_ops.audit_log SET body = '" + body + "' WHERE type = 'security.operator_login_failed'");

        var event = json(ask("GET", "/audit/events?severity=notice&type=security.operator_login_failed"))
                .getJsonArray("items")
                .getJsonObject(0);

        assertThat(event.getString("spoilt")).isEqualTo(body);
        assertThat(event.getString("hash")).hasSize(64);
    }

    @Test
    void aNewKeyIsAnEventAndAFileOfOurs() throws Exception {
        record(1);

        var rotated = json(ask("GET", "/audit/events?type=security.audit_key_rotated"))
                .getJsonArray("items")
                .getJsonObject(0);

        var key = SigningKey.parse(Files.readString(directory.resolve("state").resolve(KeyFile.NAME)));
        assertThat(rotated.getString("target")).isEqualTo(key.id());
        assertThat(rotated.getString("reason")).isEqualTo("new_key");
        assertThat(rotated.getJsonObject("details").getString("public_key")).isEqualTo(key.publicText());
        assertThat(KeyFile.open(directory.resolve("state")).reason()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void pagesFollowEachOtherWithoutHoles(String order) throws Exception {
        record(25);
        var numbers = new ArrayList<Long>();
        var query = "/audit/events?type=security.operator_*&limit=10&order=" + order;
        var cursor = "";
        int pages = 0;
        while (cursor != null) {
            var page = json(ask("GET", query + (cursor.isEmpty() ? "" : "&cursor=" + cursor)));
            page.getJsonArray("items").forEach(item -> numbers.add(((JsonObject) item).getLong("seq")));
            cursor = page.getString("next_cursor");
            pages++;
        }

        assertThat(pages).isEqualTo(3);
        assertThat(numbers).hasSize(25).doesNotHaveDuplicates();
        assertThat(numbers)
                .isSortedAccordingTo(
                        order.equals("asc") ? Comparator.<Long>naturalOrder() : Comparator.<Long>reverseOrder());
    }

    @Test
    void aCursorIsForItsListingAlone() throws Exception {
        record(25);
        var cursor = json(ask("GET", "/audit/events?limit=10")).getString("next_cursor");

        var other = ask("GET", "/audit/events?limit=10&actor=user-1&cursor=" + cursor);
        var bent = ask("GET", "/audit/events?limit=10&cursor=x" + cursor);

        assertThat(List.of(other.statusCode(), bent.statusCode())).containsExactly(400, 400);
        assertThat(json(other).getString("reason")).isEqualTo("invalid_cursor");
    }

    @Test
    void aCursorToWhatRetentionHasTakenIsGone() throws Exception {
        record(25);
        var oldest = json(ask("GET", "/audit/events?limit=5&order=asc")).getString("next_cursor");
        var newest = json(ask("GET", "/audit/events?limit=5")).getString("next_cursor");
        database.execute("DELETE FROM koda_ops.audit_log WHERE seq <= 22");

        var forward = ask("GET", "/audit/events?limit=5&order=asc&cursor=" + oldest);
        var back = ask("GET", "/audit/events?limit=5&cursor=" + newest);

        assertThat(List.of(forward.statusCode(), back.statusCode())).containsExactly(410, 410);
        assertThat(json(back).getString("reason")).isEqualTo("cursor_expired");
    }

    @Test
    void aTimeThatRetentionHasTakenIsGoneAndOneThatItHasTakenAPartOfSaysWhereItBegins() throws Exception {
        record(10);
        var whole = json(ask("GET", "/audit/events?from=2020-01-01T00:00:00Z"));
        assertThat(whole.getJsonArray("items")).isNotEmpty();
        assertThat(whole.getValue("kept_from")).isNull();
        database.execute("DELETE FROM koda_ops.audit_log WHERE seq <= 5");

        var part = json(ask("GET", "/audit/events?order=asc&from=2020-01-01T00:00:00Z"));
        var gone = ask("GET", "/audit/events?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z");
        var future = ask("GET", "/audit/events?from=2120-01-01T00:00:00Z&to=2120-02-01T00:00:00Z");

        var first = Instant.parse(part.getJsonArray("items").getJsonObject(0).getString("time"));
        assertThat(Instant.parse(part.getString("kept_from"))).isEqualTo(first.truncatedTo(ChronoUnit.MICROS));
        assertThat(gone.statusCode()).isEqualTo(410);
        assertThat(json(gone).getString("reason")).isEqualTo("past_retention");
        assertThat(future.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/audit/events?limit=0",
                "/audit/events?limit=501",
                "/audit/events?limit=many",
                "/audit/events?order=up",
                "/audit/events?typ=x",
                "/audit/events?severity=loud",
                "/audit/events?from=yesterday",
                "/audit/events?cursor=",
                "/audit/export?limit=5",
                "/audit/export?from=1",
            })
    void misuseIsRefused(String path) throws Exception {
        assertThat(ask("GET", path).statusCode()).as(path).isEqualTo(400);
    }

    @Test
    void anUntouchedLogIsIntactAndAChangedOneIsAnEvent() throws Exception {
        record(5);
        assertThat(json(ask("POST", "/audit/verify")).getBoolean("intact")).isTrue();

        database.execute(
                "UPDATE koda_ops.audit_log SET body = replace(body, 'user-3', 'user-9'), actor = 'user-9' WHERE actor = 'user-3'");
        var verified = json(ask("POST", "/audit/verify"));

        assertThat(verified.getBoolean("intact")).isFalse();
        assertThat(verified.getJsonArray("faults").getString(0)).matches("event \\d was changed");
        Eventually.holds(LIMIT, () -> !sealed("security.audit_chain_broken").isEmpty());
    }

    @Test
    void anExportIsWholeAndAnEventBeforeItBegins() throws Exception {
        // Not the last one: an export of some types shows no checkpoint behind an event of another.
        Eventually.holds(LIMIT, () -> !sealed("security.audit_key_rotated").isEmpty());
        record(1_200);
        // Signed beside the sealing.
        Eventually.holds(
                LIMIT,
                () -> !database.ask("SELECT count(*) FROM koda_ops.audit_checkpoint")
                        .equals("0"));

        var lines = ask("GET", "/audit/export?type=security.operator_login_failed")
                .body()
                .lines()
                .map(JsonObject::new)
                .toList();

        var last = lines.get(lines.size() - 1);
        assertThat(last.getBoolean("complete")).isTrue();
        assertThat(last.getLong("events")).isEqualTo(1_200);
        assertThat(lines.stream().filter(line -> line.containsKey("hash"))).hasSize(1_200);
        assertThat(lines.stream().filter(line -> line.containsKey("checkpoint")))
                .isNotEmpty();
        Eventually.holds(LIMIT, () -> sealed("security.audit_exported").contains("alice"));
    }

    @Test
    void theEndIsSealedAndSigned() {
        Eventually.holds(LIMIT, () -> !sealed("security.audit_key_rotated").isEmpty());
        await(Future.all(IntStream.range(0, 20)
                .mapToObj(i -> server.audit.trail().record(failed(i)))
                .toList()));

        await(server.drain());

        assertThat(database.ask("SELECT count(*) FROM koda_ops.audit_inbox")).isEqualTo("0");
        assertThat(database.ask(
                        "SELECT max(c.seq) = max(h.seq) FROM koda_ops.audit_checkpoint c, koda_ops.audit_head h"))
                .isEqualTo("t");
        assertThat(database.ask(
                        "SELECT expires_at < clock_timestamp() FROM koda_ops.lease WHERE name = 'audit-sealer'"))
                .isEqualTo("t");
    }

    private static AuditEvent failed(long number) {
        return AuditEvent.of(AuditEventType.OPERATOR_LOGIN_FAILED).by("user-" + number);
    }

    private void record(int count) {
        await(Future.all(LongStream.range(0, count)
                .mapToObj(i -> server.audit.trail().record(failed(i)))
                .toList()));
        Eventually.holds(
                LIMIT,
                () -> database.ask("SELECT count(*) FROM koda_ops.audit_log WHERE type IN"
                                + " ('security.operator_login_failed', 'security.audit_key_rotated')")
                        .equals(Integer.toString(count + 1)));
    }

    private String sealed(String type) {
        return database.ask(
                "SELECT coalesce(string_agg(body, ' '), '') FROM koda_ops.audit_log WHERE type = '" + type + "'");
    }

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + server.http.actualPort() + path);
        var request = HttpRequest.newBuilder(uri).timeout(LIMIT).method(method, HttpRequest.BodyPublishers.noBody());
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return new JsonObject(answer.body());
    }
}
