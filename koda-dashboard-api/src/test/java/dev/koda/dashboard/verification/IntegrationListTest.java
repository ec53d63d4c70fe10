package dev.koda.dashboard.verification;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.koda.checks.testing.VirtualTime;
import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.OperationRoutes;
import dev.koda.dashboard.http.PlainHttp;
import dev.koda.dashboard.http.Role;
import dev.koda.dashboard.sessions.RecordedTrail;
import dev.koda.dashboard.store.OperationsDatabase;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the rows of a table over HTTP, from a real store behind a pooler, against the results that they are made of. */
class IntegrationListTest {
    private static final Duration LENGTH = Duration.ofHours(30);
    private static final int INTEGRATIONS = 11;

    private final VirtualTime time = new VirtualTime();
    private final HttpClient client = PlainHttp.client();
    private final Map<String, List<Verification>> results = new LinkedHashMap<>();
    private OperationsDatabase database;
    private TestServer server;
    private String base = "";

    @BeforeEach
    void serve() {
        database = OperationsDatabase.migrated();
        server = new TestServer(database, time, "node-1", 1, "sk-1");
        var caller = new Caller("alice", Role.OPERATOR, Caller.Means.TOKEN, null);
        var routes =
                OperationRoutes.of(server.history.operations(), (context, operation) -> Future.succeededFuture(caller));
        var http = database.vertx()
                .createHttpServer()
                .requestHandler(routes.router(database.vertx()))
                .listen(0, "127.0.0.1");
        base = "http://127.0.0.1:" + await(http).actualPort();
        for (int i = 0; i < INTEGRATIONS; i++) {
            results.put(id(i), List.of());
        }
        await(new Subjects(server.store)
                .declare(results.keySet().stream()
                        .map(id -> subject(id, "provider", name(id)))
                        .toList()));
        time.advance(LENGTH);
    }

    /** The first has no result, and the second none for a day. */
    private void storeCourses() {
        var random = new Random(11);
        for (int i = 1; i < INTEGRATIONS; i++) {
            results.put(id(i), course(random, id(i), i));
        }
        store(results.values().stream().flatMap(List::stream).toList());
    }

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    private static String id(int i) {
        return "provider.key[p" + i + "]";
    }

    /** In another order than the ids, and hostile. */
    private static String name(String id) {
        return "<b>" + id.hashCode() % 7 + "\u202e " + id;
    }

    private static Subject subject(String id, String kind, String name) {
        return new Subject(id, Subject.Type.INTEGRATION, kind, name, "settings", Duration.ofMinutes(10));
    }

    /** Results of which each vouches for a while, with gaps; the higher the number, the more often the status changes. */
    private static List<Verification> course(Random random, String id, int number) {
        var all = new ArrayList<Verification>();
        var standing = Standing.PASS;
        var end = Samples.START.plus(number == 1 ? LENGTH.minusHours(26) : LENGTH);
        for (var at = Samples.START.plusSeconds(random.nextInt(600)); at.isBefore(end); ) {
            if (random.nextInt(400) < 4 * number) {
                standing = Standing.of(random.nextInt(4));
            }
            var sample = Samples.result(id, at, Duration.ofSeconds(300 + random.nextInt(600)), standing, "");
            all.add(new Verification(
                    id,
                    sample.id(),
                    at,
                    sample.vouches(),
                    sample.trigger(),
                    standing,
                    sample.reason(),
                    sample.message(),
                    Duration.ofMillis(5L * number + random.nextInt(30)),
                    null,
                    null,
                    null,
                    "node-1"));
            at = at.plusSeconds(120 + random.nextInt(600));
        }
        return all;
    }

    private void store(List<Verification> some) {
        await(new Results(server.store, new RecordedTrail()).store(some, Results.Fence.none()));
    }

    @Test
    void barsAndFiguresAreThoseOfTheResults() {
        storeCourses();
        List.of("1h", "24h", "7d", "30d", "90d").forEach(this::assertBarsAndFigures);
    }

    private void assertBarsAndFigures(String range) {
        var page = get("?range=" + range + "&bars=30");

        var from = Instant.parse(page.getString("bars_from"));
        var width = Duration.ofSeconds(page.getLong("bar_seconds"));
        var begin = time.now().minus(length(range));
        assertThat(from).isBetween(begin.minus(width).plusNanos(1), begin);
        assertThat(from.getEpochSecond() % width.toSeconds()).isZero();
        var items = objects(page);
        assertThat(items).hasSize(INTEGRATIONS);
        for (var item : items) {
            var of = of(item.getString("id"));
            var expected = new Expected(of, begin, time.now());
            assertThat(item.getString("bars")).hasSizeBetween(8, 31).isEqualTo(expected.bars(from, width));
            var figures = item.getJsonObject("in_range");
            assertThat(figures.getLong("verifications"))
                    .isEqualTo(expected.since(from).size());
            assertThat(figures.getLong("fails"))
                    .isEqualTo(expected.since(from).stream()
                            .filter(one -> one.standing() == Standing.FAIL)
                            .count());
            var uptime = figures.getJsonObject("uptime");
            assertThat(uptime.getLong("up_seconds")).isEqualTo(expected.seconds(Standing.PASS, Standing.WARN));
            assertThat(uptime.getLong("down_seconds")).isEqualTo(expected.seconds(Standing.FAIL));
            assertThat(uptime.getLong("unknown_seconds"))
                    .isEqualTo(
                            length(range).toSeconds() - uptime.getLong("up_seconds") - uptime.getLong("down_seconds"));
            expected.latency(0.5, range)
                    .ifPresentOrElse(
                            p50 -> assertThat(figures.getDouble("p50_ms")).isCloseTo(p50, within(p50 * 0.1)),
                            () -> assertThat(figures.containsKey("p50_ms")).isFalse());
            expected.latency(0.95, range)
                    .ifPresent(p95 -> assertThat(figures.getDouble("p95_ms")).isCloseTo(p95, within(p95 * 0.1)));
        }
    }

    @Test
    void troubleIsThatOfTheResults() {
        storeCourses();
        List.of("1h", "24h", "7d").forEach(this::assertTrouble);
    }

    private void assertTrouble(String range) {
        var begin = time.now().minus(length(range));
        var failing = new ArrayList<String>();
        var unstable = new ArrayList<String>();
        var failed = new ArrayList<String>();
        results.forEach((id, of) -> {
            var expected = new Expected(of, begin, time.now());
            if (expected.standing() == Standing.FAIL) {
                failing.add(id);
            }
            if (expected.changes() >= 3) {
                unstable.add(id);
            }
            if (expected.part(Standing.FAIL) > 0) {
                failed.add(id);
            }
        });

        assertThat(ids("?limit=500&state=failing&range=" + range)).containsExactlyInAnyOrderElementsOf(failing);
        assertThat(ids("?limit=500&state=unstable&range=" + range)).containsExactlyInAnyOrderElementsOf(unstable);
        assertThat(ids("?limit=500&state=failed&sort=latency&range=" + range))
                .containsExactlyInAnyOrderElementsOf(failed);
        assertThat(unstable).as("a test of something").hasSizeBetween(range.equals("1h") ? 0 : 1, INTEGRATIONS - 2);
    }

    @Test
    void everyOrderIsPagedWithoutLossOrRepetition() {
        storeCourses();
        List.of("id", "provider", "name", "health", "latency", "verified").forEach(this::assertPaged);
    }

    private void assertPaged(String sort) {
        var expected = results.keySet().stream()
                .sorted(order(sort).thenComparing(Comparator.naturalOrder()))
                .toList();

        assertThat(walk("?range=24h&limit=3&sort=" + sort)).isEqualTo(expected);
        assertThat(walk("?range=24h&limit=2&state=failed&sort=" + sort))
                .isEqualTo(expected.stream()
                        .filter(id -> lastDay(id).part(Standing.FAIL) > 0)
                        .toList());
    }

    private Comparator<String> order(String sort) {
        return switch (sort) {
            case "provider" -> Comparator.comparing(id -> id.replace("]", ""));
            case "name" -> Comparator.comparing(IntegrationListTest::name);
            case "health" ->
                Comparator.comparing((String id) -> lastDay(id).standing() != Standing.FAIL)
                        .thenComparing(id -> lastDay(id).ratio());
            case "latency" -> Comparator.comparing(id -> -p95(id));
            case "verified" -> Comparator.comparing(id -> of(id).isEmpty() ? Instant.MIN : last(id).startedAt());
            default -> Comparator.naturalOrder();
        };
    }

    private List<Verification> of(String id) {
        return results.getOrDefault(id, List.of());
    }

    private Verification last(String id) {
        return of(id).get(of(id).size() - 1);
    }

    private Expected lastDay(String id) {
        return new Expected(of(id), time.now().minus(Duration.ofHours(24)), time.now());
    }

    /** What is within a tenth of another has the same place, so what is shown is what counts. */
    private double p95(String id) {
        return objects(get("?range=24h&bars=24&q=" + encoded(id)))
                .get(0)
                .getJsonObject("in_range")
                .getDouble("p95_ms", -1.0);
    }

    @Test
    void whatFailsWhileSomebodyPagesIsNeitherLostNorShownTwice() {
        results.keySet().forEach(id -> store(List.of(Samples.result(id, time.now(), Standing.PASS))));
        var first = get("?sort=health&range=24h&limit=4");
        time.advance(Duration.ofSeconds(10));
        results.keySet().forEach(id -> store(List.of(Samples.result(id, time.now(), Standing.FAIL))));
        var seen = new ArrayList<>(ids(first));
        for (var cursor = first.getString("next_cursor"); cursor != null; ) {
            var page = get("?sort=health&range=24h&limit=4&cursor=" + cursor);
            seen.addAll(ids(page));
            cursor = page.getString("next_cursor");
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(results.keySet());
        assertThat(ids("?state=failing")).hasSize(INTEGRATIONS);
    }

    @Test
    void theNewestMarksAreShownOfEachAndOfAll() {
        mark(id(2), "rotation", Duration.ofMinutes(90));
        mark(null, "deploy", Duration.ofMinutes(60));
        mark(id(3), "note", Duration.ofHours(30));
        for (int i = 0; i < 25; i++) {
            mark(id(4), "note", Duration.ofMinutes(10L * i));
        }

        assertThat(kinds(marks("24h", 2))).containsExactly("deploy", "rotation");
        assertThat(kinds(marks("24h", 3))).containsExactly("deploy");
        var many = marks("24h", 4);
        assertThat(many).hasSize(20);
        assertThat(many.getJsonObject(0).getString("at")).isEqualTo(time.now().toString());
        assertThat(kinds(many)).contains("deploy");
        assertThat(kinds(marks("1h", 2))).containsExactly("deploy");
    }

    private JsonArray marks(String range, int number) {
        return objects(get("?bars=24&range=" + range + "&q=" + encoded(id(number))))
                .get(0)
                .getJsonArray("marks");
    }

    private static List<String> kinds(JsonArray marks) {
        return marks.stream().map(mark -> ((JsonObject) mark).getString("kind")).toList();
    }

    private void mark(@Nullable String subject, String kind, Duration ago) {
        database.execute("INSERT INTO koda_ops.annotation (id, at, kind, subject, text) VALUES (gen_random_uuid(), '"
                + time.now().minus(ago) + "', '" + kind + "', " + (subject == null ? "NULL" : "'" + subject + "'")
                + ", 'a mark')");
    }

    @Test
    void everyIntegrationKnowsItsProvider() {
        await(new Subjects(server.store)
                .declare(List.of(
                        subject("koda.connection[core:git]", "connection", "core:git"),
                        subject("koda.connection[agent-1/core:slack]", "connection", "core:slack of agent-1"),
                        subject("http.api", "http", "An API"),
                        subject("provider.keys", "provider", "providers in Koda"))));

        var providers = new LinkedHashMap<String, String>();
        objects(get("?sort=provider&limit=500"))
                .forEach(item -> providers.put(item.getString("id"), item.getString("provider")));

        assertThat(providers)
                .containsEntry("koda.connection[core:git]", "git")
                .containsEntry("koda.connection[agent-1/core:slack]", "slack")
                .containsEntry("http.api", "http")
                .containsEntry("provider.keys", "provider")
                .containsEntry(id(7), "p7");
        assertThat(List.copyOf(providers.values())).isSorted();
        assertThat(ids("?provider=slack")).containsExactly("koda.connection[agent-1/core:slack]");
        assertThat(get("?limit=1&provider=slack").getJsonArray("providers"))
                .isEqualTo(new JsonArray(providers.values().stream().distinct().toList()));
    }

    @Test
    void aPageWithoutBarsHasNoneAndOneWithoutItemsHasThemAll() {
        assertThat(objects(get("")).get(0).fieldNames()).doesNotContain("bars", "in_range", "marks");
        assertThat(get("").containsKey("bars_from")).isFalse();
        var none = get("?bars=10&q=nothing");
        assertThat(objects(none)).isEmpty();
        assertThat(none.getLong("bar_seconds")).isEqualTo(3 * 3_600);
        assertThat(objects(get("?bars=10&limit=1")).get(0).getString("bars")).matches("u{8,9}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?sort=age",
                "?sort=",
                "?state=broken",
                "?range=400d&bars=30",
                "?range=2h&bars=30",
                "?bars=9",
                "?bars=121",
                "?bars=many",
                "?provider=",
                "?sort=id&sort=name"
            })
    void aQuestionThatCannotBeMeantIsRefused(String query) {
        assertThat(ask(query).statusCode()).isEqualTo(400);
    }

    @Test
    void aCursorOfAnotherOrderIsRefused() {
        var cursor = get("?sort=health&limit=2").getString("next_cursor");

        assertThat(ask("?sort=name&limit=2&cursor=" + cursor).statusCode()).isEqualTo(400);
        assertThat(ask("?sort=health&range=7d&limit=2&cursor=" + cursor).statusCode())
                .isEqualTo(400);
        assertThat(ask("?sort=health&limit=3&bars=30&cursor=" + cursor).statusCode())
                .isEqualTo(200);
    }

    private List<String> walk(String query) {
        var all = new ArrayList<String>();
        for (var cursor = ""; cursor != null; ) {
            var page = get(query + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            all.addAll(ids(page));
            cursor = page.getString("next_cursor");
        }
        return all;
    }

    private static Duration length(String range) {
        int number = Integer.parseInt(range.substring(0, range.length() - 1));
        return range.endsWith("h") ? Duration.ofHours(number) : Duration.ofDays(number);
    }

    private List<String> ids(String query) {
        return ids(get(query));
    }

    private static List<String> ids(JsonObject page) {
        return objects(page).stream().map(item -> item.getString("id")).toList();
    }

    private static List<JsonObject> objects(JsonObject page) {
        JsonArray items = page.getJsonArray("items");
        return items.stream().map(JsonObject.class::cast).toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonObject get(String query) {
        var answer = ask(query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private HttpResponse<String> ask(String query) {
        var request = HttpRequest.newBuilder(URI.create(base + "/integrations" + query))
                .timeout(Duration.ofSeconds(60))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    }
}
