package dev.koda.dashboard.verification;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static dev.koda.dashboard.verification.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.Outcome;
import dev.koda.checks.testing.VirtualTime;
import dev.koda.dashboard.audit.AuditEvent;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.OperationRoutes;
import dev.koda.dashboard.http.PlainHttp;
import dev.koda.dashboard.http.Role;
import dev.koda.dashboard.sessions.RecordedTrail;
import dev.koda.dashboard.store.Eventually;
import dev.koda.dashboard.store.Migrations;
import dev.koda.dashboard.store.OperationsDatabase;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over HTTP, with a real store behind a pooler. */
class VerificationRoutesTest {
    private static final String FIRST = "/integrations/provider.key%5B0%5D";

    private final VirtualTime time = new VirtualTime();
    private final HttpClient client = PlainHttp.client();
    private OperationsDatabase database;
    private TestServer server;
    private String base = "";

    @BeforeEach
    void serve() {
        database = OperationsDatabase.migrated();
        server = new TestServer(database, time, "node-1", 3, "sk-1");
        var routes = OperationRoutes.of(
                server.history.operations(),
                (context, operation) ->
                        Future.succeededFuture(new Caller("alice", Role.OPERATOR, Caller.Means.TOKEN, null)));
        var http = database.vertx()
                .createHttpServer()
                .requestHandler(routes.router(database.vertx()))
                .listen(0, "127.0.0.1");
        base = "http://127.0.0.1:" + await(http).actualPort();
        var subjects = new Subjects(server.store);
        await(subjects.declare(List.of(
                Verifier.subject(TestServer.integration(0, "")),
                Verifier.subject(TestServer.integration(1, "")),
                Verifier.subject(TestServer.integration(2, "")))));
    }

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    @Test
    void theListShowsStatusSinceWhenAndUptimesInWhichUnknownDoesNotCount() {
        passesThenFails();

        var page = get("/integrations");

        assertThat(ids(page)).containsExactly("provider.key[0]", "provider.key[1]", "provider.key[2]");
        var first = page.getJsonArray("items").getJsonObject(0);
        assertThat(first.getString("status")).isEqualTo("fail");
        assertThat(first.getString("since")).isEqualTo("2026-01-01T00:40:00Z");
        assertThat(first.getJsonObject("last").getString("reason")).isEqualTo("reason_of_fail");
        var day = first.getJsonObject("uptime").getJsonObject("24h");
        assertThat(day.getLong("up_seconds")).isEqualTo(2_400);
        assertThat(day.getLong("down_seconds")).isEqualTo(1_200);
        assertThat(day.getLong("unknown_seconds")).isEqualTo(86_400 - 3_600);
        assertThat(day.getDouble("ratio")).isEqualTo(2.0 / 3);
        var second = page.getJsonArray("items").getJsonObject(1);
        assertThat(second.getString("status")).isEqualTo("unknown");
        assertThat(second.getJsonObject("uptime").getJsonObject("90d").getDouble("ratio"))
                .isNull();
    }

    @Test
    void theListIsFilteredAndPaged() {
        passesThenFails();

        assertThat(ids(get("/integrations?status=fail"))).containsExactly("provider.key[0]");
        assertThat(ids(get("/integrations?status=unknown"))).hasSize(2);
        assertThat(ids(get("/integrations?q=provider%202"))).containsExactly("provider.key[2]");
        assertThat(ids(get("/integrations?kind=http"))).isEmpty();
        var all = new ArrayList<String>();
        var query = "?limit=1";
        for (var page = get("/integrations" + query); ; page = get("/integrations" + query)) {
            all.addAll(ids(page));
            if (page.getString("next_cursor") == null) {
                break;
            }
            query = "?limit=1&cursor=" + page.getString("next_cursor");
        }
        assertThat(all).containsExactly("provider.key[0]", "provider.key[1]", "provider.key[2]");
    }

    @Test
    void theSummaryCountsAndShowsTheWorstFirst() {
        passesThenFails();
        put("provider.key[1]", Instant.parse("2026-01-01T00:59:00Z"), Standing.WARN, "");

        var summary = get("/summary");

        assertThat(summary.getJsonObject("integrations").encode())
                .isEqualTo("{\"total\":3,\"pass\":0,\"warn\":1,\"fail\":1,\"unknown\":1}");
        assertThat(summary.getJsonArray("worst").stream().map(one -> ((JsonObject) one).getString("status")))
                .containsExactly("fail", "unknown", "warn");
        assertThat(summary.getJsonObject("incidents").getLong("open")).isEqualTo(1);
        var uptime = summary.getJsonObject("uptime_24h");
        assertThat(uptime.getLong("up_seconds")).isEqualTo(2_460);
        assertThat(uptime.getLong("down_seconds")).isEqualTo(1_200);
        assertThat(uptime.getLong("unknown_seconds")).isEqualTo(3 * 86_400 - 3_660);
    }

    @Test
    void theSummaryIsReusedForAMomentAndSaysHowOldItIs() {
        var first = get("/summary");
        passesThenFails();
        time.advance(Summary.REUSED.minusMillis(500));
        var later = get("/summary");
        put("provider.key[1]", Instant.parse("2026-01-01T01:00:00Z"), Standing.FAIL, "");
        var reused = get("/summary");
        time.advance(Duration.ofSeconds(3));
        var fresh = get("/summary");

        assertThat(first.getInteger("age_ms")).isZero();
        assertThat(later.getInteger("age_ms")).isZero();
        assertThat(later.getJsonObject("integrations").getLong("fail")).isEqualTo(1);
        assertThat(reused).isEqualTo(later);
        assertThat(fresh.getJsonObject("integrations").getLong("fail")).isEqualTo(2);
    }

    @Test
    void whoHasChangedLatelyAndWhoHasNotAddUpToTheSameUptime() {
        passesThenFails();
        put("provider.key[1]", START.plusSeconds(60), Standing.PASS, "");
        time.advance(Duration.ofMinutes(1));
        var store = server.store;

        for (var hours : new int[] {1, 2, 24}) {
            var to = time.now();
            var from = to.minus(Duration.ofHours(hours));
            var all = await(new Uptimes(store).ofAll(from, to));
            var expected = Duration.ZERO;
            for (int i = 0; i < 2; i++) {
                var intervals =
                        await(new HistoryReader(store).intervals("provider.key[" + i + "]", new Asked.Span(from, to)));
                expected = expected.plus(Uptime.of(intervals, from, to).up());
            }
            assertThat(all.up()).as(hours + " h").isEqualTo(expected);
            assertThat(all.up().plus(all.down()).plus(all.unknown()))
                    .isEqualTo(Duration.ofHours(hours).multipliedBy(3));
        }
    }

    @Test
    void theHistoryHasNoHoleAndMarksTheRotationWhereTheFailuresBegin() {
        passesThenFails();

        var history = get(FIRST + "/history?range=1h&buckets=12");

        var intervals = objects(history.getJsonArray("intervals"));
        assertThat(intervals).extracting(one -> one.getString("status")).containsExactly("pass", "fail");
        assertThat(intervals.get(0).getString("since")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(intervals.get(1).getString("until")).isEqualTo("2026-01-01T01:00:00Z");
        var mark = history.getJsonArray("marks").getJsonObject(0);
        assertThat(mark.getString("kind")).isEqualTo("rotation");
        assertThat(mark.getString("at")).isEqualTo(intervals.get(1).getString("since"));
        assertThat(history.getLong("bucket_seconds")).isEqualTo(300);
        var buckets = objects(history.getJsonArray("buckets"));
        assertThat(buckets).hasSize(12);
        assertThat(buckets.get(0).getInteger("pass")).isEqualTo(5);
        assertThat(buckets.get(11).getInteger("fail")).isEqualTo(5);
        assertThat(buckets.get(0).getDouble("p95_ms")).isBetween(18.0, 22.0);
        assertThat(history.getJsonObject("uptime").getDouble("ratio")).isEqualTo(2.0 / 3);

        var wide = get(FIRST + "/history?range=24h&buckets=1");
        assertThat(objects(wide.getJsonArray("intervals")))
                .extracting(one -> one.getString("status"))
                .containsExactly("unknown", "pass", "fail");
    }

    @Test
    void whereTheFineRollUpsAreDroppedTheCoarseOnesAreShown() {
        passesThenFails();
        database.execute("DELETE FROM koda_ops.rollup_5m");
        time.advance(Duration.ofDays(100));

        var history = get(FIRST + "/history?from=2026-01-01T00:00:00Z&to=2026-01-01T02:00:00Z");

        assertThat(history.getLong("bucket_seconds")).isEqualTo(3_600);
        assertThat(history.getJsonArray("buckets").getJsonObject(0).getInteger("pass"))
                .isEqualTo(40);
    }

    @Test
    void monthsAreShownInDaysThatSayTheSameAsTheirHours() {
        passesThenFails();
        time.advance(Duration.ofDays(89));

        var days = get(FIRST + "/history?range=90d");
        database.execute("DELETE FROM koda_ops.rollup_1h");
        var again = get(FIRST + "/history?range=90d");

        assertThat(days.getLong("bucket_seconds")).isEqualTo(86_400);
        var buckets = objects(days.getJsonArray("buckets"));
        assertThat(buckets).hasSize(1);
        assertThat(buckets.get(0).getString("start")).startsWith("2026-01-01T00:00:00");
        assertThat(buckets.get(0).getInteger("pass")).isEqualTo(40);
        assertThat(buckets.get(0).getInteger("fail")).isEqualTo(20);
        assertThat(again.getJsonArray("buckets")).isEqualTo(days.getJsonArray("buckets"));
        assertThat(get(FIRST + "/history?range=90d&buckets=400").getJsonArray("buckets"))
                .isEmpty();
    }

    /** As they were made of the hours of a store that had none. */
    @Test
    void theStepOfTheSchemaThatBringsTheDaysMakesThemOfTheHours() {
        passesThenFails();
        var made = get(FIRST + "/history?range=30d&buckets=1").getJsonArray("buckets");
        var step = Migrations.script("koda");
        var fill = step.substring(step.indexOf("INSERT INTO koda_ops.rollup_1d"));
        database.execute("DELETE FROM koda_ops.rollup_1d;" + fill.substring(0, fill.indexOf(';')));

        assertThat(get(FIRST + "/history?range=30d&buckets=1").getJsonArray("buckets"))
                .isEqualTo(made);
    }

    @Test
    void aResultOfAClockThatIsAheadRefusesNoVerification() {
        put("provider.key[0]", START.plusSeconds(3_600), Standing.PASS, "");

        assertThat(verify().statusCode()).isEqualTo(200);
    }

    @Test
    void resultsAreListedNewestFirstWithoutLossOrRepetition() {
        passesThenFails();

        var seen = new ArrayList<String>();
        var query = "?limit=7";
        JsonObject page;
        do {
            page = get(FIRST + "/verifications" + query);
            objects(page.getJsonArray("items")).forEach(one -> seen.add(one.getString("started_at")));
            query = "?limit=7&cursor=" + page.getString("next_cursor");
        } while (page.getString("next_cursor") != null);

        assertThat(seen).hasSize(60).isSortedAccordingTo((left, right) -> right.compareTo(left));
        assertThat(new HashSet<>(seen)).hasSize(60);
        var failed = get(FIRST + "/verifications?status=fail&limit=1")
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(failed.getInteger("http_status")).isEqualTo(401);
        assertThat(failed.getString("credential_fingerprint")).isEqualTo("bb");
        assertThat(failed.getString("configuration_revision")).isEqualTo("revision");
        assertThat(failed.getDouble("latency_ms")).isEqualTo(20.0);
    }

    @Test
    void aCursorOfAnotherListingIsRefusedAndOneThatIsTooOldIsGone() {
        passesThenFails();
        var cursor = get(FIRST + "/verifications?limit=1").getString("next_cursor");

        assertProblem(ask(FIRST + "/verifications?status=fail&limit=1&cursor=" + cursor), 400, "invalid_cursor");
        assertProblem(ask("/incidents?cursor=" + cursor), 400, "invalid_cursor");
        assertProblem(ask("/integrations?cursor=abc"), 400, "invalid_cursor");
        time.advance(Duration.ofDays(8));
        assertProblem(ask(FIRST + "/verifications?limit=1&cursor=" + cursor), 410, "cursor_expired");
    }

    @Test
    void incidentsAreListedAndFiltered() {
        passesThenFails();
        put("provider.key[1]", START.plusSeconds(60), Standing.FAIL, "");
        put("provider.key[1]", START.plusSeconds(120), Standing.PASS, "");

        var all = objects(get("/incidents").getJsonArray("items"));
        assertThat(all)
                .extracting(one -> one.getString("integration"))
                .containsExactly("provider.key[0]", "provider.key[1]");
        assertThat(all.get(0).getString("closed_at")).isNull();
        assertThat(all.get(0).getInteger("failures")).isEqualTo(20);
        assertThat(all.get(1).getLong("lasted_seconds")).isEqualTo(60);
        assertThat(objects(get("/incidents?open=true").getJsonArray("items"))).hasSize(1);
        var first = get("/incidents?limit=1");
        var second = get("/incidents?limit=1&cursor=" + first.getString("next_cursor"));
        assertThat(objects(second.getJsonArray("items")).get(0).getString("integration"))
                .isEqualTo("provider.key[1]");
    }

    @Test
    void verifyingStoresTheEventAndThenTheResult() {
        time.advance(Duration.ofHours(1));
        server.check(0)
                .answer(Outcome.fail("does not accept the key")
                        .reason("key_rejected")
                        .observed("status", 401, "status"));

        var answer = verify();

        assertThat(answer.statusCode()).isEqualTo(200);
        var result = new JsonObject(answer.body());
        assertThat(result.getString("status")).isEqualTo("fail");
        assertThat(result.getString("trigger")).isEqualTo("demand");
        assertThat(result.getInteger("http_status")).isEqualTo(401);
        assertThat(result.getString("credential_fingerprint")).hasSize(16);
        assertThat(server.events).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(AuditEventType.VERIFICATION_REQUESTED);
            assertThat(event.actor()).isEqualTo("alice");
            assertThat(event.target()).isEqualTo("provider.key[0]");
        });
        assertThat(get("/integrations?status=fail").getJsonArray("items")).hasSize(1);
        var again = verify();
        assertThat(again.statusCode()).isEqualTo(429);
        assertThat(again.headers().firstValue("retry-after")).contains("10");
        time.advance(Duration.ofSeconds(10));
        assertThat(verify().statusCode()).isEqualTo(200);
        assertThat(server.check(0).runs()).isEqualTo(2);
    }

    @Test
    void withoutTheEventNothingIsVerified() {
        server.isTrailDown = true;

        assertProblem(verify(), 503, "audit_unavailable");
        assertThat(server.check(0).runs()).isZero();
        assertProblem(post("/integrations/nothing/verify", ""), 404, null);
    }

    @Test
    void aParameterThatIsNotKnownIsRefusedWithTheOneThatWasMeant() {
        for (var path : List.of("/integrations?limt=5", "/incidents?limt=5", FIRST + "/verifications?limt=5")) {
            var answer = ask(path);

            assertProblem(answer, 400, "unknown_parameter");
            assertThat(answer.body()).contains("is limit meant?");
        }
        assertProblem(post("/annotations?x=1", "{}"), 400, "unknown_parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/incidents?", "/annotations?", FIRST + "/history?", "/doctor/history?check=a.b&"})
    void whatIsForgottenIsGoneAndNotUnknown(String path) {
        assertProblem(ask(path + "from=2024-01-01T00:00:00Z&to=2024-02-01T00:00:00Z"), 410, "past_retention");
    }

    @Test
    void aCursorBelongsToItsTime() {
        time.advance(Duration.ofHours(2));
        post("/annotations", "{\"kind\":\"note\",\"text\":\"one\"}");
        post("/annotations", "{\"kind\":\"note\",\"text\":\"two\"}");
        put("provider.key[0]", START.plusSeconds(60), Standing.FAIL, "");
        put("provider.key[1]", START.plusSeconds(120), Standing.FAIL, "");

        for (var listing : List.of("/annotations", "/incidents")) {
            var cursor = get(listing + "?range=24h&limit=1").getString("next_cursor");

            assertThat(get(listing + "?range=24h&limit=1&cursor=" + cursor).getJsonArray("items"))
                    .as(listing)
                    .hasSize(1);
            assertProblem(ask(listing + "?range=7d&limit=1&cursor=" + cursor), 400, "invalid_cursor");
            assertProblem(ask(listing + "?limit=1&cursor=" + cursor), 400, "invalid_cursor");
        }
    }

    @Test
    void annotationsAreAddedListedAndShownInHistories() {
        time.advance(Duration.ofHours(2));

        var made = post(
                "/annotations", "{\"kind\":\"deploy\",\"text\":\"release 7\",\"integration\":\"provider.key[0]\"}");
        post(
                "/annotations",
                "{\"kind\":\"note\",\"text\":\"for all, password=hunter2222\",\"at\":\"2026-01-01T01:30:00Z\"}");
        post("/annotations", "{\"kind\":\"rotation\",\"text\":\"by hand\",\"at\":\"2026-01-01T01:00:00Z\"}");

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(new JsonObject(made.body()).getString("author")).isEqualTo("alice");
        assertThat(objects(get("/annotations").getJsonArray("items")))
                .extracting(one -> one.getString("kind"))
                .containsExactly("deploy", "note", "rotation");
        assertThat(get("/annotations").encode()).doesNotContain("hunter2222");
        assertThat(get(FIRST + "/history").getJsonArray("marks")).hasSize(3);
        assertThat(get("/integrations/provider.key%5B1%5D/history").getJsonArray("marks"))
                .hasSize(2);
        assertThat(server.events).extracting(AuditEvent::type).hasSize(3).containsOnly(AuditEventType.ANNOTATION_ADDED);
        server.isTrailDown = true;
        assertProblem(post("/annotations", "{\"kind\":\"note\",\"text\":\"lost\"}"), 503, "audit_unavailable");
        assertThat(get("/annotations").getJsonArray("items")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"kind\":\"configuration\",\"text\":\"ours\"}",
                "{\"kind\":\"note\"}",
                "{\"kind\":\"note\",\"text\":7}",
                "{\"kind\":\"note\",\"text\":\"\"}",
                "{\"kind\":\"note\",\"text\":\"a\\u0000b\"}",
                "{\"kind\":\"note\",\"text\":\"a\",\"at\":\"yesterday\"}",
                "{\"kind\":\"note\",\"text\":\"a\",\"at\":\"+1000000-01-01T00:00:00Z\"}",
                "{\"kind\":\"note\",\"text\":\"a\",\"at\":\"2036-01-01T00:00:00Z\"}",
                "{\"kind\":\"note\",\"text\":\"a\",\"colour\":\"red\"}"
            })
    void anAnnotationThatIsNoneIsRefused(String body) {
        assertProblem(post("/annotations", body), 400, null);
        assertThat(server.events).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/summary?x=1",
                "/integrations?status=up",
                "/integrations?limit=0",
                "/integrations?limit=501",
                "/integrations?limit=5&limit=6",
                "/integrations?q=",
                "/integrations?q=%00",
                FIRST + "/history?range=2h",
                FIRST + "/history?range=1h&from=2026-01-01T00:00:00Z",
                FIRST + "/history?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                FIRST + "/history?from=2020-01-02T00:00:00Z",
                FIRST + "/history?from=-1000000-01-02T00:00:00Z",
                FIRST + "/history?buckets=401",
                FIRST + "/verifications?limit=ten",
                "/incidents?open=yes",
                "/doctor/history?check=",
                "/doctor/history?check=a.b&limit=3"
            })
    void aQuestionThatCannotBeMeantIsRefused(String path) {
        assertProblem(ask(path), 400, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/integrations/nothing/history",
                "/integrations/nothing/verifications",
                "/integrations/a%00b/history",
                "/integrations/a%00b/verifications",
                "/integrations/%F0%9F%98%80/history",
                "/doctor/history?check=nothing.here"
            })
    void whatIsNotThereIsNotFound(String path) {
        assertProblem(ask(path), 404, null);
    }

    @Test
    void theLongestIdThatACheckCanHaveIsTakenEverywhere() {
        var id = new CheckId("a." + "b".repeat(61), "c".repeat(200)).toString();
        database.execute("INSERT INTO koda_ops.subject (id, class, kind, name, origin, every_ms)" + " VALUES ('" + id
                + "', 'integration', 'http', 'Long', 'koda.yaml', 60000)");
        var encoded = id.replace("[", "%5B").replace("]", "%5D");

        assertThat(id).hasSize(CheckId.LONGEST);
        assertThat(post("/annotations", "{\"kind\":\"note\",\"text\":\"a\",\"integration\":\"" + id + "\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(get("/annotations?integration=" + encoded).getJsonArray("items"))
                .hasSize(1);
        assertThat(get("/incidents?integration=" + encoded).getJsonArray("items"))
                .isEmpty();
        assertThat(get("/integrations/" + encoded + "/history").getJsonObject("subject"))
                .isNotNull();
        assertProblem(ask("/doctor/history?check=" + encoded), 404, null);
        assertProblem(ask("/doctor/history?check=x" + encoded), 400, null);
        assertProblem(ask("/incidents?integration=x" + encoded), 400, null);
    }

    @Test
    void whatTheDoctorFindsHasAHistoryOfEachServer() {
        database.execute("INSERT INTO koda_ops.subject (id, class, kind, name, origin, every_ms)"
                + " VALUES ('gone', 'integration', 'provider', 'Gone', 'settings', 60000)");
        server.history.begin();
        Eventually.holds(
                Duration.ofSeconds(20),
                () -> database.ask("SELECT is_active FROM koda_ops.subject WHERE id = 'gone'")
                        .equals("f"));
        server.check(1).answer(Outcome.fail("does not accept the key").reason("key_rejected"));
        server.engine.schedule();
        time.advance(Duration.ZERO);
        time.advance(Duration.ofSeconds(10));
        Eventually.holds(
                Duration.ofSeconds(20),
                () -> get("/doctor/history?status=fail").getJsonArray("items").size() == 1);

        var list = get("/doctor/history?status=fail");
        assertThat(list.getString("node")).isEqualTo("node-1");
        assertThat(list.getLong("dropped")).isZero();
        var failed = list.getJsonArray("items").getJsonObject(0);
        assertThat(failed.getString("check")).isEqualTo("provider.key[1]");
        assertThat(failed.getJsonObject("last").getString("message")).isEqualTo("does not accept the key");
        var history = get("/doctor/history?check=provider.key%5B1%5D&range=1h");
        assertThat(objects(history.getJsonArray("intervals")))
                .extracting(one -> one.getString("status"))
                .containsExactly("unknown", "fail");
        assertThat(get("/summary").getJsonArray("doctor").getJsonObject(0).getLong("fail"))
                .isEqualTo(1);
    }

    /** An hour with a result a minute: passes for forty minutes, then fails with another credential. */
    private void passesThenFails() {
        var results = new ArrayList<Verification>();
        for (int minute = 0; minute < 60; minute++) {
            boolean isFailed = minute >= 40;
            results.add(Samples.result(
                    "provider.key[0]",
                    START.plusSeconds(60L * minute),
                    Duration.ofMinutes(2),
                    isFailed ? Standing.FAIL : Standing.PASS,
                    isFailed ? "bb" : "aa"));
        }
        await(new Results(server.store, new RecordedTrail()).store(results, Results.Fence.none()));
        time.advance(Duration.ofHours(1));
    }

    private void put(String subject, Instant at, Standing standing, String digits) {
        await(new Results(server.store, new RecordedTrail())
                .store(
                        List.of(Samples.result(subject, at, Duration.ofMinutes(2), standing, digits)),
                        Results.Fence.none()));
    }

    private static List<String> ids(JsonObject page) {
        return objects(page.getJsonArray("items")).stream()
                .map(one -> one.getString("id"))
                .toList();
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    private JsonObject get(String path) {
        var answer = ask(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        return new JsonObject(answer.body());
    }

    private HttpResponse<String> ask(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)));
    }

    private HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The check runs where its time says, and that is here. */
    private HttpResponse<String> verify() {
        var answer = begin(
                HttpRequest.newBuilder(URI.create(base + FIRST + "/verify")).POST(HttpRequest.BodyPublishers.noBody()));
        Eventually.holds(Duration.ofSeconds(20), () -> {
            time.advance(Duration.ZERO);
            return answer.isDone();
        });
        return answer.join();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return begin(request).join();
    }

    private CompletableFuture<HttpResponse<String>> begin(HttpRequest.Builder request) {
        return client.sendAsync(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, @Nullable String reason) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        var told = new JsonObject(answer.body()).getString("reason");
        assertThat(told).matches(reason == null ? "[a-z][a-z0-9_]*" : reason);
    }
}
