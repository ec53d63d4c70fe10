package dev.koda.server.collectors;

import static dev.koda.server.collectors.CollectedKoda.nonZero;
import static dev.koda.server.collectors.CollectedKoda.shown;
import static dev.koda.server.collectors.Rows.number;
import static dev.koda.server.collectors.Rows.text;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.meters.MetricCatalog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a counter makes of rows that come while it counts, held against what Java makes of the same rows. */
class CounterSamplesTest {
    @RegisterExtension
    final CollectedKoda koda = new CollectedKoda();

    private final GeneratedEvents generated = new GeneratedEvents(20_261_128, Instant.now());

    @Test
    void whatQueriesCost() {
        generated.queries(50).insert(koda.postgres());
        var rows = generated.queries(500);
        var amounts = koda.count("queries", rows);
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
        generated.events(50).insert(koda.postgres());
        var rows = generated.events(600);
        var amounts = koda.count("audit-events", rows);
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
        var amounts = koda.count("retrievals", rows);
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
        assertThat(shown(koda.count("judgements", judgements), "koda_knowledge_judge_outcomes_total"))
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

        assertThat(shown(koda.count("guardrails", guardrails), "koda_runtime_guardrail_hits_total"))
                .isEqualTo(guardrails.count("guardrail_type"));
        assertThat(shown(koda.count("corrections", corrections), "koda_human_correction_events_total"))
                .isEqualTo(corrections.count("agent_id", "feedback_type"));
        assertThat(shown(koda.count("episodes", episodes), "koda_autonomy_tier_distribution_total"))
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

        assertThat(shown(koda.count("channels", channels), "koda_channel_gateway_events_total"))
                .isEqualTo(channels.sum(
                        row -> 1,
                        List.of(
                                row -> text(row, "agent_id"),
                                row -> text(row, "event_type"),
                                CounterSamplesTest::channelStatus)));
        assertThat(shown(koda.count("skills", skills), "koda_skill_package_events_total"))
                .isEqualTo(skills.sum(
                        row -> 1,
                        List.of(
                                row -> text(row, "agent_id"),
                                row -> text(row, "event_type").replace("skill_package.", ""),
                                row -> text(row, "event_json").contains("allow") ? "allow" : "unknown",
                                row -> text(row, "event_json").contains("allow") ? "recommended" : "unknown")));
        assertThat(shown(koda.count("exports", exports), "koda_trajectory_exports_total"))
                .isEqualTo(exports.count("agent_id", "status"));
        assertThat(shown(koda.count("release-gates", releases), "koda_release_quality_gates_total"))
                .isEqualTo(releases.count("agent_id", "status"));
    }

    private static String channelStatus(Map<String, @Nullable Object> row) {
        var json = text(row, "event_json");
        return json.contains("blocked") ? "blocked" : json.contains("info") ? "info" : "unknown";
    }
}
