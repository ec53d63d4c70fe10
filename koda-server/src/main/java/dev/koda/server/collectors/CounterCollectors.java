package dev.koda.server.collectors;

import java.util.List;

/** What is added up from tables that only grow, along their primary keys: a pass reads what came since the last. */
final class CounterCollectors {
    private static final String COST = "koda_cost_per_query_usd";
    private static final String GROUNDING = "koda_knowledge_grounding_score";

    private static final String QUERIES = """
            SELECT agent_id, provider, coalesce(nullif(model, ''), 'default') AS model,
                   sum(cost_usd::numeric) AS koda_cost_total_usd,
                   {histogram}
            FROM {schema}.query_history
            WHERE id > $1 AND id <= $2 AND cost_usd >= 0 AND cost_usd < 'Infinity'
            GROUP BY 1, 2, 3
            """.replace("{histogram}", Histograms.columns(COST, "cost_usd"));

    /** The words are Koda's own: those of its events, and of the labels that it gives their metrics. */
    private static final String EVENTS = """
            SELECT agent_id,
                   CASE event_type
                       WHEN 'task.completed' THEN 'completed'
                       WHEN 'task.failed' THEN 'failed'
                       WHEN 'task.retried' THEN 'retried'
                       WHEN 'task.needs_review' THEN 'needs_review'
                       WHEN 'task.tool_executed' THEN
                           CASE details_json ->> 'success' WHEN 'true' THEN 'success' ELSE 'failed' END
                   END AS status,
                   CASE event_type WHEN 'task.tool_executed'
                       THEN coalesce(details_json ->> 'tool', 'unknown') END AS tool_name,
                   CASE event_type WHEN 'task.provider_resume_degraded'
                       THEN coalesce(details_json ->> 'provider', 'unknown') END AS provider,
                   CASE event_type
                       WHEN 'security.approval_granted' THEN 'approved'
                       WHEN 'security.approval_denied' THEN 'denied'
                       WHEN 'security.approval_timeout' THEN 'timeout'
                   END AS decision,
                   nullif(count(*) FILTER (WHERE event_type IN
                       ('task.completed', 'task.failed', 'task.retried', 'task.needs_review')), 0)
                       AS koda_requests_total,
                   nullif(count(*) FILTER (WHERE event_type = 'task.tool_executed'), 0) AS koda_tool_executions_total,
                   nullif(count(*) FILTER (WHERE event_type = 'task.provider_resume_degraded'), 0)
                       AS koda_provider_resume_degraded_total,
                   nullif(count(*) FILTER (WHERE event_type IN
                       ('security.approval_granted', 'security.approval_denied', 'security.approval_timeout')), 0)
                       AS koda_human_override_total
            FROM {schema}.audit_events
            WHERE id > $1 AND id <= $2
              AND event_type IN ('task.completed', 'task.failed', 'task.retried', 'task.needs_review',
                  'task.tool_executed', 'task.provider_resume_degraded', 'security.approval_granted',
                  'security.approval_denied', 'security.approval_timeout')
            GROUP BY 1, 2, 3, 4, 5
            """;

    /** A worker that starts has all its breakers closed; they are named here as Koda names them. */
    private static final String BREAKERS = """
            SELECT DISTINCT ON (e.agent_id, e.dependency) e.agent_id, e.dependency, e.state AS koda_circuit_breaker_state
            FROM (SELECT id, agent_id, details_json ->> 'dependency' AS dependency,
                         CASE details_json ->> 'new_state' WHEN 'open' THEN 2 WHEN 'half-open' THEN 1 ELSE 0 END AS state
                  FROM {schema}.audit_events
                  WHERE id > $1 AND id <= $2 AND event_type IN ('system.circuit_opened', 'system.circuit_closed')
                  UNION ALL
                  SELECT started.id, started.agent_id, breaker.name, 0
                  FROM {schema}.audit_events started
                  CROSS JOIN (VALUES ('claude_cli'), ('codex_cli'), ('telegram_api'), ('postgres'), ('browser'),
                      ('http_external'), ('memory_vector'), ('elevenlabs'), ('scheduler_dispatcher')) breaker (name)
                  WHERE started.id > $1 AND started.id <= $2 AND started.event_type = 'system.agent_started') e
            WHERE e.dependency IS NOT NULL
            ORDER BY e.agent_id, e.dependency, e.id DESC
            """;

    private static final String RETRIEVALS =
            """
            SELECT agent_id, strategy, route,
                   count(*) AS koda_knowledge_trace_persisted_total,
                   count(*) AS koda_knowledge_strategy_selections_total,
                   {histogram}
            FROM {schema}.retrieval_traces
            WHERE id > $1 AND id <= $2 AND trace_role = 'primary'
              AND grounding_score > '-Infinity' AND grounding_score < 'Infinity'
            GROUP BY 1, 2, 3
            """.replace("{histogram}", Histograms.columns(GROUNDING, "grounding_score"));

    private static final String CHANNELS = """
            SELECT agent_id, event_type AS event,
                   coalesce(nullif(event_json -> 'payload' ->> 'status', ''), event_json ->> 'severity', 'unknown')
                       AS status,
                   count(*) AS koda_channel_gateway_events_total
            FROM {schema}.channel_gateway_events
            WHERE id > $1 AND id <= $2
            GROUP BY 1, 2, 3
            """;

    private static final String SKILLS = """
            SELECT agent_id,
                   CASE WHEN starts_with(event_type, 'skill_package.') THEN substr(event_type, 15) ELSE event_type END
                       AS event,
                   coalesce(nullif(event_json ->> 'decision', ''), 'unknown') AS decision,
                   coalesce(nullif(event_json ->> 'recommendation_status', ''), 'unknown') AS recommendation_status,
                   count(*) AS koda_skill_package_events_total
            FROM {schema}.skill_package_events
            WHERE id > $1 AND id <= $2
            GROUP BY 1, 2, 3, 4
            """;

    private CounterCollectors() {}

    /** New rows of a table, counted by some of its columns. */
    private static String counted(String table, String columns, String metric) {
        return "SELECT " + columns + ",\n       count(*) AS " + metric + "\nFROM {schema}." + table
                + "\nWHERE id > $1 AND id <= $2\nGROUP BY " + (columns.contains(",") ? "1, 2" : "1") + "\n";
    }

    private static Collector counter(String name, String table, String columns, String metric) {
        return Collector.counters(name, table, counted(table, columns, metric), metric);
    }

    static List<Collector> all() {
        return List.of(
                Collector.counters("queries", "query_history", QUERIES, "koda_cost_total_usd", COST),
                Collector.counters(
                        "audit-events",
                        "audit_events",
                        EVENTS,
                        "koda_requests_total",
                        "koda_tool_executions_total",
                        "koda_provider_resume_degraded_total",
                        "koda_human_override_total"),
                Collector.latest("circuit-breakers", "audit_events", BREAKERS, "koda_circuit_breaker_state"),
                Collector.counters(
                        "retrievals",
                        "retrieval_traces",
                        RETRIEVALS,
                        "koda_knowledge_trace_persisted_total",
                        "koda_knowledge_strategy_selections_total",
                        GROUNDING),
                counter(
                        "judgements",
                        "answer_judgements",
                        "agent_id, coalesce(nullif(status, ''), 'unknown') AS status",
                        "koda_knowledge_judge_outcomes_total"),
                counter("guardrails", "runtime_guardrail_hits", "guardrail_type", "koda_runtime_guardrail_hits_total"),
                counter(
                        "corrections",
                        "correction_events",
                        "agent_id, feedback_type",
                        "koda_human_correction_events_total"),
                Collector.counters("episodes", "execution_episodes", """
                        SELECT agent_id, task_kind, coalesce(nullif(autonomy_tier, ''), 'unknown') AS tier,
                               count(*) AS koda_autonomy_tier_distribution_total
                        FROM {schema}.execution_episodes
                        WHERE id > $1 AND id <= $2
                        GROUP BY 1, 2, 3
                        """, "koda_autonomy_tier_distribution_total"),
                Collector.counters("channels", "channel_gateway_events", CHANNELS, "koda_channel_gateway_events_total"),
                Collector.counters("skills", "skill_package_events", SKILLS, "koda_skill_package_events_total"),
                counter("exports", "trajectory_exports", "agent_id, status", "koda_trajectory_exports_total"),
                counter(
                        "release-gates",
                        "release_quality_runs",
                        "agent_id, status",
                        "koda_release_quality_gates_total"));
    }
}
