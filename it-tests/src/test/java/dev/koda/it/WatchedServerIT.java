package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A running server under a real Prometheus, Alertmanager and blackbox_exporter with the files that we ship. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WatchedServerIT {
    /** From a change to what Alertmanager says of it: two evaluations each of a check, a scrape and a rule, and some. */
    private static final Duration SEEN_LIMIT = Duration.ofSeconds(20);

    private static final String AUTHORIZATION = "Authorization: Bearer " + WatchedServer.TOKEN;

    /** Koda's own; dashboards and habits know them. */
    private static final List<String> LEGACY = List.of("koda_cost_total_usd", "koda_runtime_phase_total");

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private static @Nullable WatchedServer server;
    private static @Nullable PublicAddress proxy;
    private static @Nullable WatchingStack stack;

    @BeforeAll
    static void start() throws Exception {
        server = WatchedServer.start(sandbox);
        proxy = PublicAddress.start(sandbox, server.port());
        stack = WatchingStack.start(sandbox, server.port(), proxy);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Order(1)
    void aHealthyServerIsScrapedAndProbedAndNothingFires() {
        Within.limit(SEEN_LIMIT, "scraped", () -> stack().value("up{job=\"koda\"}") == 1);
        Within.limit(SEEN_LIMIT, "alive", () -> probe("koda-liveness") == 1);
        Within.limit(SEEN_LIMIT, "ready", () -> probe("koda-readiness") == 1);
        Within.limit(SEEN_LIMIT, "seen by the world", () -> probe("koda-public") == 1);
        Within.limit(SEEN_LIMIT, "closed to the world", () -> probe("koda-metrics-closed") == 1);
        Within.limit(
                SEEN_LIMIT,
                "the watchdog barks",
                () -> stack().stateOf("KodaWatchdog").equals("active"));
        assertThat(stack().stateOf("KodaPostgresDown")).isEmpty();
        assertThat(stack().stateOf("KodaNotReady")).isEmpty();
        assertThat(stack().brokenRules()).isEmpty();
    }

    /** One collector that is broken, and then a scrape that fails as a whole. */
    @Test
    @Order(2)
    void probesTellTheTruthWhileTheMetricsThrow() {
        try (var broken = BrokenMetrics.start()) {
            Within.answer(
                    SEEN_LIMIT,
                    "not ready",
                    () -> Http.get(broken.url("/api/runtime/readiness")),
                    answer -> answer.text().contains("\"orders_broker\""));

            assertThat(Http.get(broken.url("/metrics")).status()).isEqualTo(200);
            assertThat(Http.get(broken.url("/metrics")).text())
                    .contains("koda_check_status{")
                    .containsPattern("koda_metrics_left_out_total\\{metric=\"unnamed\"} [12]\\.0");
            assertAliveAndNotReady(broken);

            broken.fault(new OutOfMemoryError("none is left, says the test"));
            assertThat(Http.get(broken.url("/metrics")).status()).isEqualTo(500);
            assertAliveAndNotReady(broken);
        }
    }

    private static void assertAliveAndNotReady(BrokenMetrics broken) {
        assertThat(stack().probe("koda_liveness", broken.url("/health"))).contains("probe_success 1");
        assertThat(stack().probe("koda_readiness", broken.url("/api/runtime/readiness")))
                .contains("probe_success 0", "probe_http_status_code 503");
    }

    /** Whatever a rule or a dashboard asks for is there, be it without a sample yet. */
    @Test
    @Order(2)
    void everyNameInRulesAndDashboardsExistsHere() {
        var known = families(server().metrics());
        known.addAll(families(stack().probe("koda_public", proxy().url("/health"))));
        Shipped.rules().forEach(rule -> known.add(rule.path("record").asText()));
        var asked = Stream.concat(
                        Shipped.rules().stream().map(rule -> rule.path("expr").asText()),
                        ShippedDashboardsIT.expressions())
                .flatMap(expression -> PromQl.metrics(expression).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(asked).hasSizeGreaterThan(50);
        assertThat(asked.stream()
                        .filter(name -> !known.contains(name))
                        // Prometheus makes some itself.
                        .filter(name -> !(stack().value("count(" + name + ")") >= 1)))
                .isEmpty();
    }

    /** Names of the families, and of the samples that those of their type have. */
    private static Set<String> families(String exposition) {
        var names = new TreeSet<String>();
        exposition.lines().filter(line -> line.startsWith("# TYPE ")).forEach(line -> {
            var words = line.split(" ", -1);
            names.add(words[2]);
            if (words[3].equals("histogram") || words[3].equals("summary")) {
                Stream.of("_bucket", "_sum", "_count").forEach(ending -> names.add(words[2] + ending));
            }
        });
        return names;
    }

    /** The linter of Prometheus knows only what is Koda's own and has to keep its name. */
    @Test
    @Order(2)
    void promtoolHasNothingToSayAboutTheMetricsButTwoOldNames() throws IOException {
        var scrape = Files.writeString(sandbox.root().resolve("scrape.txt"), server().metrics());

        var promtool = sandbox.run(List.of("sh", "-c", "promtool check metrics < " + scrape));

        promtool.awaitExit(SEEN_LIMIT);
        assertThat((promtool.output() + promtool.errors()).lines())
                .allMatch(line -> LEGACY.stream().anyMatch(line::startsWith));
    }

    /** Each as it stands in the page, but for the port. */
    @Test
    @Order(2)
    void whatARunbookAsksTheServerIsAnswered() throws IOException {
        Files.copy(sandbox.root().resolve("koda.env"), sandbox.root().resolve(".env"));
        var commands = RunbookRequests.commands(Integer.toString(server().port()));
        assertThat(commands).hasSizeGreaterThan(5).anyMatch(command -> command.contains("/api/operations/"));

        for (var command : commands) {
            var curl = sandbox.run(List.of("sh", "-c", command));
            assertThat(curl.awaitExit(SEEN_LIMIT)).as(curl.toString()).isZero();
        }
        var known = families(server().metrics());
        assertThat(RunbookRequests.metrics())
                .hasSizeGreaterThan(15)
                .allMatch(begin -> known.stream().anyMatch(name -> name.startsWith(begin)));
    }

    @Test
    @Order(2)
    void theProxyShowsTheWorldWhatItMaySee() {
        assertThat(proxy().get("/health")).isEqualTo("200 {\"status\":\"pass\"}");
        assertThat(proxy().get("/api/runtime/readiness")).startsWith("200 ").contains("\"ready\":true");
        assertThat(proxy().get("/metrics")).startsWith("403 ");
        assertThat(proxy().get("/metrics", "-H", AUTHORIZATION)).startsWith("403 ");
        // From inside, the request was still passed on by a proxy, so it needs the token besides.
        assertThat(proxy().get("/metrics", "--interface", "127.0.0.2")).startsWith("401 ");
        assertThat(proxy().get("/metrics", "--interface", "127.0.0.2", "-H", AUTHORIZATION))
                .startsWith("200 ")
                .contains("koda_build_info{");
        assertThat(stack().probe("koda_metrics_closed", proxy().url("/metrics")))
                .contains("probe_success 1");
        assertThat(stack().probe("koda_public", proxy().url("/health"))).contains("probe_success 1");
        assertThat(proxy().get("/api/operations/audit/events")).startsWith("401 ");
        assertThat(proxy().get("/runbooks/KodaDown.md")).startsWith("200 # KodaDown");
    }

    /** What a client says about itself is replaced: nobody becomes an operator, or comes from inside, by a header. */
    @Test
    @Order(2)
    void theProxyBelievesNoForwardingHeaderOfAClient() {
        assertThat(proxy().get("/metrics", "-H", "X-Forwarded-For: 127.0.0.2")).startsWith("403 ");
        assertThat(proxy().get("/api/operations/summary", "-H", "X-Forwarded-User: alice"))
                .startsWith("401 ");
    }

    /** With a buffer in between, an event would come when the stream is over, which here it never is. */
    @Test
    @Order(2)
    void eventsComeThroughTheProxyAtOnce() {
        Within.answer(
                SEEN_LIMIT,
                "an event",
                () -> proxy().get("/api/operations/audit/stream?tail=1", "-H", AUTHORIZATION, "--max-time", "2"),
                answer -> answer.startsWith("200 ") && answer.contains("\ndata:"));
    }

    @Test
    @Order(3)
    void aCutPostgresIsToldAndItsRepairToo() {
        server().cutPostgresOff();
        long begin = System.nanoTime();
        var fired = Within.limit(
                SEEN_LIMIT,
                "KodaPostgresDown fires",
                () -> stack().stateOf("KodaPostgresDown").equals("active"));
        // One page and not two: what follows from it is kept back.
        Within.limit(
                SEEN_LIMIT,
                "KodaNotReady is kept back",
                () -> stack().stateOf("KodaNotReady").equals("suppressed"));
        assertThat(probe("koda-liveness")).isEqualTo(1);
        assertThat(probe("koda-readiness")).isZero();
        assertThat(stack().probe("koda_liveness", server().url("/health"))).contains("probe_success 1");
        assertThat(stack().probe("koda_readiness", server().url("/api/runtime/readiness")))
                .contains("probe_success 0");

        server().bringPostgresBack();
        Within.limit(
                SEEN_LIMIT,
                "KodaPostgresDown ends",
                () -> stack().stateOf("KodaPostgresDown").isEmpty());
        Within.limit(SEEN_LIMIT, "ready again", () -> probe("koda-readiness") == 1);
        System.out.printf(
                "Postgres cut off: alert after %d ms, all well again after %d ms%n",
                fired.toMillis(), Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }

    private static double probe(String job) {
        return stack().value("probe_success{job=\"" + job + "\"}");
    }

    private static PublicAddress proxy() {
        return Objects.requireNonNull(proxy);
    }

    private static WatchedServer server() {
        return Objects.requireNonNull(server);
    }

    private static WatchingStack stack() {
        return Objects.requireNonNull(stack);
    }
}
