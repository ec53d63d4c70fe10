package dev.koda.server.collectors;

import static dev.koda.server.collectors.KodaPostgres.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.koda.checks.meters.MetricCatalog;
import dev.koda.checks.meters.series.CatalogMeters;
import dev.koda.checks.testing.VirtualTime;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.sqlclient.Tuple;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** What becomes of the others, and of what was shown, when one collector or the whole database has no answer. */
class CollectingTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(Attempts.class);

    @RegisterExtension
    final CollectedKoda koda = new CollectedKoda();

    private final VirtualTime time = new VirtualTime();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private Collecting collecting;

    @BeforeEach
    void open() {
        var samples =
                CatalogMeters.in(registry, MetricCatalog.bundled().metrics()).state();
        collecting = new Collecting(
                StateCollectors.all(),
                Duration.ofSeconds(15),
                koda.counting(),
                new Publication(samples),
                new CollectorMeters(samples),
                time);
        collecting.hold(koda.lease());
        koda.postgres()
                .execute(
                        "INSERT INTO knowledge_v2.runtime_queue_items"
                                + " (agent_id, task_id, user_id, chat_id, queued_at, updated_at) VALUES ('ATLAS', 1, 1, 1, '', '')");
        log.start();
        LOG.setLevel(Level.INFO);
        LOG.addAppender(log);
    }

    @AfterEach
    void close() {
        LOG.detachAppender(log);
        LOG.setLevel(null);
    }

    private void pass() {
        await(collecting.pass(koda.lease()));
        time.advance(Duration.ofSeconds(15));
    }

    /** The samples of a scrape, one a line. */
    private List<String> scrape() throws IOException {
        var text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, registry.scrape());
        return text.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private List<ILoggingEvent> logged(String event) {
        return log.list.stream()
                .filter(line -> line.getKeyValuePairs().stream()
                        .anyMatch(pair -> pair.key.equals("event") && event.equals(pair.value)))
                .toList();
    }

    @Test
    void allOfThemHaveAnAnswer() throws IOException {
        pass();

        assertThat(scrape()).contains("koda_queue_depth{agent_id=\"ATLAS\"} 1.0", "koda_runtime_active_envs 0.0");
        for (var collector : StateCollectors.all()) {
            assertThat(scrape()).contains("koda_collector_up{collector=\"" + collector.name() + "\"} 1.0");
        }
        assertThat(log.list).isEmpty();
    }

    @Test
    void aMissingTableTurnsOffItsCollectorAlone() throws IOException {
        koda.postgres().execute("DROP TABLE knowledge_v2.tasks");
        for (int i = 0; i < 5; i++) {
            pass();
        }

        assertThat(scrape())
                .contains(
                        "koda_collector_up{collector=\"tasks\"} 0.0",
                        "koda_collector_disabled{collector=\"tasks\"} 1.0")
                .contains("koda_collector_up{collector=\"queue\"} 1.0", "koda_queue_depth{agent_id=\"ATLAS\"} 1.0");
        assertThat(log.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .contains("tasks", "relation \"knowledge_v2.tasks\" does not exist", "ten minutes"));
    }

    @Test
    void aColumnThatComesWithAnUpdateIsFoundLater() throws IOException {
        koda.postgres()
                .execute("ALTER TABLE knowledge_v2.tasks RENAME COLUMN status TO state;"
                        + "INSERT INTO knowledge_v2.tasks (agent_id, user_id, chat_id, state, created_at)"
                        + " VALUES ('ATLAS', 1, 1, 'running', '')");
        pass();
        assertThat(logged("collector.disabled")).hasSize(1);
        koda.postgres().execute("ALTER TABLE knowledge_v2.tasks RENAME COLUMN state TO status");
        pass();
        assertThat(scrape()).contains("koda_collector_up{collector=\"tasks\"} 0.0");

        time.advance(Attempts.REST);
        pass();
        assertThat(scrape())
                .contains("koda_collector_up{collector=\"tasks\"} 1.0", "koda_active_tasks{agent_id=\"ATLAS\"} 1.0")
                .contains("koda_collector_disabled{collector=\"tasks\"} 0.0");
        assertThat(logged("collector.recovered")).hasSize(1);
    }

    @Test
    void aRoleThatMayNotReadATableIsToldSo() throws IOException {
        koda.postgres().execute("REVOKE SELECT ON knowledge_v2.query_history FROM monitor");
        pass();

        assertThat(scrape()).contains("koda_collector_up{collector=\"queries\"} 0.0");
        assertThat(logged("collector.disabled"))
                .singleElement()
                .satisfies(line ->
                        assertThat(line.getFormattedMessage()).contains("permission denied for table query_history"));
    }

    @Test
    void aStatementThatTakesTooLongIsEndedByTheDatabase() throws Exception {
        pass();
        try (var other = lockQueue()) {
            long started = System.nanoTime();
            pass();
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isBetween(KodaReader.LIMIT, Duration.ofSeconds(10));
            assertThat(scrape())
                    .contains(
                            "koda_collector_up{collector=\"queue\"} 0.0", "koda_collector_up{collector=\"tasks\"} 1.0")
                    .contains("koda_queue_depth{agent_id=\"ATLAS\"} 1.0");
            assertThat(logged("collector.failed"))
                    .singleElement()
                    .satisfies(line -> assertThat(line.getFormattedMessage()).contains("queue", "longer than 1000 ms"));
            other.rollback();
        }
        pass();
        assertThat(scrape()).contains("koda_collector_up{collector=\"queue\"} 1.0");
    }

    private Connection lockQueue() throws SQLException {
        var other = koda.postgres().connect();
        other.setAutoCommit(false);
        try (var statement = other.createStatement()) {
            statement.execute("LOCK TABLE knowledge_v2.runtime_queue_items IN ACCESS EXCLUSIVE MODE");
        }
        return other;
    }

    @Test
    void afterThreeIntervalsWithoutAnAnswerNothingIsShownAnyMore() throws IOException {
        pass();
        koda.postgres().execute("ALTER TABLE knowledge_v2.runtime_queue_items RENAME TO elsewhere");
        pass();
        pass();
        assertThat(scrape()).contains("koda_queue_depth{agent_id=\"ATLAS\"} 1.0");
        pass();
        assertThat(scrape()).noneMatch(line -> line.startsWith("koda_queue_depth"));
        assertThat(scrape()).contains("koda_runtime_active_envs 0.0");
    }

    @Test
    void aCounterIsShownAgainWhereItWas() throws IOException {
        pass();
        hit();
        pass();
        assertThat(scrape()).contains("koda_runtime_guardrail_hits_total{guardrail_type=\"loop\"} 1.0");
        koda.postgres().execute("ALTER TABLE knowledge_v2.runtime_guardrail_hits RENAME TO elsewhere");
        for (int i = 0; i < 3; i++) {
            pass();
        }
        assertThat(scrape()).noneMatch(line -> line.startsWith("koda_runtime_guardrail_hits"));

        koda.postgres().execute("ALTER TABLE knowledge_v2.elsewhere RENAME TO runtime_guardrail_hits");
        hit();
        time.advance(Attempts.REST);
        pass();
        assertThat(scrape()).contains("koda_runtime_guardrail_hits_total{guardrail_type=\"loop\"} 2.0");
    }

    private void hit() {
        koda.postgres()
                .execute(
                        "INSERT INTO knowledge_v2.runtime_guardrail_hits (agent_id, task_id, guardrail_type, created_at)"
                                + " VALUES ('ATLAS', 1, 'loop', '')");
    }

    @Test
    void whoLosesTheLeaseShowsNothingAndAsksNothing() throws IOException {
        pass();
        collecting.end();
        assertThat(scrape())
                .noneMatch(line -> line.startsWith("koda_queue_depth") || line.startsWith("koda_collector"));

        pass();
        assertThat(scrape())
                .noneMatch(line -> line.startsWith("koda_queue_depth") || line.startsWith("koda_collector"));
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsAskedOnceARound() throws IOException {
        pass();
        koda.reader().close();
        for (int i = 0; i < 3; i++) {
            pass();
        }

        assertThat(scrape())
                .noneMatch(line -> line.startsWith("koda_queue_depth"))
                .contains("koda_collector_up{collector=\"queue\"} 0.0", "koda_collector_up{collector=\"exports\"} 0.0");
        assertThat(logged("collector.failed")).hasSize(1);
    }

    @Test
    void nothingCanBeWritten() {
        var refused = KodaPostgres.failure(koda.reader().read("DELETE FROM knowledge_v2.tasks", Tuple.tuple()));

        assertThat(refused).hasMessageContaining("refused");
        assertThat(Failure.of(refused).text()).contains("25006");
    }
}
