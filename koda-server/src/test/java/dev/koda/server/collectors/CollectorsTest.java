package dev.koda.server.collectors;

import static dev.koda.server.collectors.KodaPostgres.await;
import static dev.koda.server.collectors.Rows.number;
import static dev.koda.server.collectors.Rows.text;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.meters.MetricCatalog;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every sample, held against what Java makes of the same rows. */
class CollectorsTest {
    @TempDir
    static Path directory;

    private static KodaPostgres postgres;

    private final Instant now = Instant.now();
    private final GeneratedKoda generated = new GeneratedKoda(20_261_128, now);
    private OperationsStore store;
    private KodaReader reader;
    private Counting counting;
    private Lease lease;

    @BeforeAll
    static void start() throws Exception {
        postgres = KodaPostgres.in(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void open() throws Exception {
        postgres.renew();
        store = postgres.store();
        reader = KodaReader.of(postgres.vertx(), postgres.koda());
        var leases = Leases.in(store);
        lease = await(leases.take("state-collectors", "a", Duration.ofMinutes(5)))
                .orElseThrow();
        counting = new Counting(reader, new CounterStates(store, leases, reader.source()));
    }

    @AfterEach
    void close() {
        reader.close();
        store.close();
    }

    private Amounts ask(String collector) {
        return await(counting.ask(collector(collector), lease));
    }

    private static Collector collector(String name) {
        return StateCollectors.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What a counter makes of rows that come while it counts. */
    private Amounts count(String collector, Rows rows) {
        ask(collector);
        rows.insert(postgres);
        return ask(collector);
    }

    private Rows put(Rows rows) {
        rows.insert(postgres);
        return rows;
    }

    private static Map<List<String>, Double> shown(Amounts amounts, String column) {
        return amounts.of(column).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().doubleValue()));
    }

    private static Map<List<String>, Double> nonZero(Map<List<String>, Double> values) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<List<String>, Double> one(double value) {
        return Map.of(List.of(), value);
    }

    @Test
    void theQueueAndTheTasks() {
        var items = put(generated.queue(400));
        var tasks = put(generated.tasks(400));

        assertThat(shown(ask("queue"), "koda_queue_depth"))
                .isEqualTo(
                        items.where(row -> text(row, "status").equals("queued")).count("agent_id"));
        assertThat(shown(ask("tasks"), "koda_active_tasks"))
                .isEqualTo(tasks.where(row -> List.of("running", "retrying").contains(text(row, "status")))
                        .count("agent_id"));
    }

    @Test
    void anAgentWithoutWorkIsZeroAndNotGone() {
        put(generated.queue(400));
        var before = ask("queue");
        postgres.execute("UPDATE knowledge_v2.runtime_queue_items SET status = 'completed' WHERE agent_id = 'ATLAS'");

        assertThat(before.of("koda_queue_depth")).containsKey(List.of("ATLAS"));
        assertThat(shown(ask("queue"), "koda_queue_depth")).containsEntry(List.of("ATLAS"), 0.0);

        postgres.execute("DELETE FROM knowledge_v2.runtime_queue_items WHERE agent_id = 'ATLAS'");
        assertThat(shown(ask("queue"), "koda_queue_depth")).containsEntry(List.of("ATLAS"), 0.0);
    }

    @Test
    void environmentsAndTheirPhases() {
        assertThat(shown(ask("environments"), "koda_runtime_active_envs")).isEqualTo(one(0));

        var active = put(generated.environments(300))
                .where(row -> List.of("active", "cleaning").contains(text(row, "status")));
        var amounts = ask("environments");

        assertThat(shown(amounts, "koda_runtime_phase_total")).isEqualTo(active.count("current_phase"));
        assertThat(shown(amounts, "koda_runtime_active_envs"))
                .isEqualTo(one(active.all().size()));
    }

    @Test
    void sessionsOfBrowsersAndThoseThatAreAttached() {
        var open = put(generated.browsers(300)).where(row -> row.get("ended_at") == null);
        var attached = put(generated.attachments(300))
                .where(row -> text(row, "status").equals("active") && row.get("ended_at") == null)
                .where(row -> isAfter(row, "expires_at", now));

        var browsers = ask("browser-sessions");
        assertThat(shown(browsers, "koda_runtime_browser_sessions_active"))
                .isEqualTo(one(open.all().size()));
        assertThat(shown(browsers, "koda_runtime_vnc_sessions_active"))
                .isEqualTo(
                        one(open.where(row -> row.get("vnc_port") != null).all().size()));
        var sessions = ask("attach-sessions");
        for (var kind : List.of("terminal", "browser")) {
            assertThat(shown(sessions, "koda_runtime_" + kind + "_attach_sessions_active"))
                    .isEqualTo(
                            one(attached.where(row -> text(row, "attach_kind").equals(kind))
                                    .all()
                                    .size()));
        }
    }

    @Test
    void theLastSampleOfResources() {
        assertThat(ask("resource-samples").of("koda_runtime_resource_cpu_percent"))
                .isEmpty();

        var fresh = put(generated.samples(60))
                .where(row -> isAfter(row, "created_at", now.minusSeconds(300)))
                .all();
        var last = fresh.get(fresh.size() - 1);
        var disks = new HashMap<Object, Double>();
        fresh.forEach(row -> disks.put(String.valueOf(row.get("env_id")), number(row, "workspace_disk_bytes")));
        var amounts = ask("resource-samples");

        assertThat(shown(amounts, "koda_runtime_resource_cpu_percent")).isEqualTo(one(number(last, "cpu_percent")));
        assertThat(shown(amounts, "koda_runtime_resource_rss_bytes")).isEqualTo(one(number(last, "rss_kb") * 1024));
        assertThat(shown(amounts, "koda_runtime_worktree_disk_bytes"))
                .isEqualTo(
                        one(disks.values().stream().mapToDouble(value -> value).sum()));
    }

    @Test
    void theScheduler() {
        var jobs = put(generated.jobs(40));
        var runs = put(generated.runs(600, 40));
        var live = List.of("validation_pending", "validated", "active", "paused", "failed_open");
        Function<Map<String, @Nullable Object>, String> agent =
                row -> text(row, "agent_id").isEmpty() ? "default" : text(row, "agent_id");
        Function<Map<String, @Nullable Object>, String> agentOfRun =
                run -> agent.apply(jobs.all().get((int) number(run, "scheduled_job_id") - 1));

        var expected = new HashMap<>(
                jobs.where(row -> live.contains(text(row, "status"))).sum(row -> 1, List.of(agent, row -> "all")));
        for (var status : List.of("failed_open", "validation_pending")) {
            expected.putAll(
                    jobs.where(row -> text(row, "status").equals(status)).sum(row -> 1, List.of(agent, row -> status)));
        }
        assertThat(nonZero(shown(ask("scheduler-jobs"), "koda_scheduled_active_jobs")))
                .isEqualTo(expected);

        var due = runs.where(row -> List.of("queued", "retrying").contains(text(row, "status")))
                .where(row -> isDue(row));
        var leased = runs.where(row -> List.of("queued", "running", "retrying").contains(text(row, "status")))
                .where(row -> isAfter(row, "lease_expires_at", now));
        var amounts = ask("scheduler-runs");
        assertThat(nonZero(shown(amounts, "koda_scheduled_due_runs")))
                .isEqualTo(due.sum(row -> 1, List.of(agentOfRun)));
        assertThat(nonZero(shown(amounts, "koda_scheduled_leased_runs")))
                .isEqualTo(leased.sum(row -> 1, List.of(agentOfRun)));
    }

    private boolean isDue(Map<String, @Nullable Object> run) {
        var next = time(text(run, "next_attempt_at"));
        var at = next == null ? time(text(run, "scheduled_for")) : next;
        return at != null && !at.isAfter(now);
    }

    @Test
    void embeddingsThatAreNotDone() {
        var waiting =
                put(generated.embeddings(400)).where(row -> !text(row, "status").equals("completed"));

        assertThat(shown(ask("embedding-jobs"), "koda_memory_embedding_queue"))
                .isEqualTo(waiting.count("agent_id", "status"));
    }

    @Test
    void whatQueriesCost() {
        put(generated.queries(50));
        var rows = generated.queries(500);
        var amounts = count("queries", rows);
        var paid = rows.where(row -> number(row, "cost_usd") >= 0);
        List<Function<Map<String, @Nullable Object>, String>> labels = List.of(
                row -> text(row, "agent_id"),
                row -> text(row, "provider"),
                row -> text(row, "model").isEmpty() ? "default" : text(row, "model"));

        assertThat(rounded(shown(amounts, "koda_cost_total_usd")))
                .isEqualTo(rounded(paid.sum(row -> number(row, "cost_usd"), labels)));
        checkHistogram(amounts, "koda_cost_per_query_usd", paid, "cost_usd", labels);
    }

    private static Map<List<String>, Long> rounded(Map<List<String>, Double> values) {
        return values.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> Math.round(entry.getValue() * 1e4)));
    }

    private static void checkHistogram(
            Amounts amounts,
            String metric,
            Rows rows,
            String column,
            List<Function<Map<String, @Nullable Object>, String>> labels) {
        var bounds = MetricCatalog.bundled().metric(metric).buckets();
        for (int i = 0; i <= bounds.size(); i++) {
            double above = i == 0 ? Double.NEGATIVE_INFINITY : bounds.get(i - 1);
            double upTo = i == bounds.size() ? Double.POSITIVE_INFINITY : bounds.get(i);
            assertThat(nonZero(shown(amounts, Histograms.bucket(metric, i))))
                    .as("bucket %s", upTo)
                    .isEqualTo(rows.where(row -> number(row, column) > above && number(row, column) <= upTo)
                            .sum(row -> 1, labels));
        }
        assertThat(rounded(shown(amounts, Histograms.sum(metric))))
                .isEqualTo(rounded(rows.sum(row -> number(row, column), labels)));
    }

    @Test
    void whatAuditEventsTell() {
        put(generated.events(50));
        var rows = generated.events(600);
        var amounts = count("audit-events", rows);
        var requests = Map.of(
                "task.completed",
                "completed",
                "task.failed",
                "failed",
                "task.retried",
                "retried",
                "task.needs_review",
                "needs_review");
        var decisions = Map.of(
                "security.approval_granted",
                "approved",
                "security.approval_denied",
                "denied",
                "security.approval_timeout",
                "timeout");
        Function<Map<String, @Nullable Object>, String> agent = row -> text(row, "agent_id");

        assertThat(shown(amounts, "koda_requests_total"))
                .isEqualTo(rows.where(row -> requests.containsKey(text(row, "event_type")))
                        .sum(row -> 1, List.of(agent, row -> requests.getOrDefault(text(row, "event_type"), ""))));
        assertThat(shown(amounts, "koda_human_override_total"))
                .isEqualTo(rows.where(row -> decisions.containsKey(text(row, "event_type")))
                        .sum(row -> 1, List.of(agent, row -> decisions.getOrDefault(text(row, "event_type"), ""))));
        assertThat(shown(amounts, "koda_tool_executions_total"))
                .isEqualTo(rows.where(row -> text(row, "event_type").equals("task.tool_executed"))
                        .sum(
                                row -> 1,
                                List.of(
                                        agent,
                                        row -> detail(row, "tool"),
                                        row -> detail(row, "success").equals("true") ? "success" : "failed")));
        assertThat(shown(amounts, "koda_provider_resume_degraded_total"))
                .isEqualTo(rows.where(row -> text(row, "event_type").equals("task.provider_resume_degraded"))
                        .sum(row -> 1, List.of(agent, row -> detail(row, "provider"))));
    }

    private static String detail(Map<String, @Nullable Object> row, String name) {
        return row.get("details_json") instanceof Map<?, ?> details ? String.valueOf(details.get(name)) : "";
    }

    @Test
    void howKnowledgeIsFoundAndJudged() {
        var rows = generated.retrievals(500);
        var primary = rows.where(row -> text(row, "trace_role").equals("primary"));
        var amounts = count("retrievals", rows);
        var judgements = generated.judgements(200);

        assertThat(shown(amounts, "koda_knowledge_trace_persisted_total"))
                .isEqualTo(primary.count("agent_id", "strategy"));
        assertThat(shown(amounts, "koda_knowledge_strategy_selections_total"))
                .isEqualTo(primary.count("agent_id", "strategy", "route"));
        checkHistogram(
                amounts,
                "koda_knowledge_grounding_score",
                primary,
                "grounding_score",
                List.of(row -> text(row, "agent_id"), row -> text(row, "strategy")));
        assertThat(shown(count("judgements", judgements), "koda_knowledge_judge_outcomes_total"))
                .isEqualTo(judgements.sum(
                        row -> 1,
                        List.of(
                                row -> text(row, "agent_id"),
                                row -> text(row, "status").isEmpty() ? "unknown" : text(row, "status"))));
    }

    @Test
    void whatHappensToTheWorkOfAgents() {
        var guardrails = generated.guardrails(100);
        var corrections = generated.corrections(100);
        var episodes = generated.episodes(200);

        assertThat(shown(count("guardrails", guardrails), "koda_runtime_guardrail_hits_total"))
                .isEqualTo(guardrails.count("guardrail_type"));
        assertThat(shown(count("corrections", corrections), "koda_human_correction_events_total"))
                .isEqualTo(corrections.count("agent_id", "feedback_type"));
        assertThat(shown(count("episodes", episodes), "koda_autonomy_tier_distribution_total"))
                .isEqualTo(episodes.sum(
                        row -> 1,
                        List.of(
                                row -> text(row, "agent_id"),
                                row -> text(row, "task_kind"),
                                row -> text(row, "autonomy_tier").isEmpty() ? "unknown" : text(row, "autonomy_tier"))));
    }

    @Test
    void channelsSkillsExportsAndReleases() {
        var channels = generated.channels(200);
        var skills = generated.skills(100);
        var exports = generated.exports(100);
        var releases = generated.releases(100);

        assertThat(shown(count("channels", channels), "koda_channel_gateway_events_total"))
                .isEqualTo(channels.sum(
                        row -> 1,
                        List.of(
                                row -> text(row, "agent_id"),
                                row -> text(row, "event_type"),
                                CollectorsTest::channelStatus)));
        assertThat(shown(count("skills", skills), "koda_skill_package_events_total"))
                .isEqualTo(skills.sum(
                        row -> 1,
                        List.of(
                                row -> text(row, "agent_id"),
                                row -> text(row, "event_type").replace("skill_package.", ""),
                                row -> text(row, "event_json").contains("allow") ? "allow" : "unknown",
                                row -> text(row, "event_json").contains("allow") ? "recommended" : "unknown")));
        assertThat(shown(count("exports", exports), "koda_trajectory_exports_total"))
                .isEqualTo(exports.count("agent_id", "status"));
        assertThat(shown(count("release-gates", releases), "koda_release_quality_gates_total"))
                .isEqualTo(releases.count("agent_id", "status"));
    }

    private static String channelStatus(Map<String, @Nullable Object> row) {
        var json = text(row, "event_json");
        return json.contains("blocked") ? "blocked" : json.contains("info") ? "info" : "unknown";
    }

    private static boolean isAfter(Map<String, @Nullable Object> row, String column, Instant limit) {
        var at = time(text(row, column));
        return at != null && at.isAfter(limit);
    }

    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException noOffset) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException noTime) {
                return null;
            }
        }
    }
}
