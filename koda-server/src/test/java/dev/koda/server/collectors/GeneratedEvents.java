package dev.koda.server.collectors;

import static dev.koda.server.collectors.Rows.row;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What is only ever added to, and counted. */
final class GeneratedEvents extends GeneratedRows {
    GeneratedEvents(long seed, Instant now) {
        super(seed, now);
    }

    Rows queries(int count) {
        return rows(
                "query_history",
                count,
                () -> row(
                        "agent_id",
                        agent(),
                        "user_id",
                        1,
                        "timestamp",
                        now.toString(),
                        "query_text",
                        "q",
                        "response_text",
                        "r",
                        "usage_json",
                        Map.of(),
                        "error",
                        false,
                        "created_at",
                        now.toString(),
                        "provider",
                        any("claude", "gemini"),
                        "model",
                        any("opus", "flash", ""),
                        "cost_usd",
                        random.nextInt(40) == 0 ? -1 : random.nextInt(100_000) / 10_000.0));
    }

    Rows events(int count) {
        return rows("audit_events", count, () -> {
            var type = any(
                    "task.completed",
                    "task.failed",
                    "task.retried",
                    "task.needs_review",
                    "task.created",
                    "task.tool_executed",
                    "task.tool_executed",
                    "task.provider_resume_degraded",
                    "security.approval_granted",
                    "security.approval_denied",
                    "security.approval_timeout");
            Map<String, Object> details = type.equals("task.tool_executed")
                    ? Map.of("tool", any("shell", "browser"), "success", random.nextBoolean())
                    : Map.of("provider", any("claude", "gemini"), "reason", "r");
            return row(
                    "agent_id",
                    agent(),
                    "timestamp",
                    now.toString(),
                    "pod_name",
                    "",
                    "trace_id",
                    "",
                    "created_at",
                    now.toString(),
                    "event_type",
                    type,
                    "details_json",
                    details);
        });
    }

    Rows retrievals(int count) {
        return rows(
                "retrieval_traces",
                count,
                () -> row(
                        "agent_id",
                        agent(),
                        "query_text",
                        "q",
                        "payload_json",
                        Map.of(),
                        "created_at",
                        now.toString(),
                        "strategy",
                        any("hybrid", "graph"),
                        "route",
                        any("local", "global"),
                        "grounding_score",
                        random.nextInt(22) / 20.0,
                        "trace_role",
                        any("primary", "primary", "shadow")));
    }

    Rows judgements(int count) {
        return rows(
                "answer_judgements",
                count,
                () -> row(
                        "answer_trace_id",
                        1,
                        "agent_id",
                        agent(),
                        "status",
                        any("passed", "needs_review", ""),
                        "citation_coverage",
                        0,
                        "citation_span_precision",
                        0,
                        "payload_json",
                        Map.of(),
                        "created_at",
                        now.toString()));
    }

    Rows guardrails(int count) {
        return rows(
                "runtime_guardrail_hits",
                count,
                () -> row(
                        "agent_id",
                        agent(),
                        "task_id",
                        1,
                        "details_json",
                        Map.of(),
                        "created_at",
                        time(0),
                        "guardrail_type",
                        any("loop", "budget")));
    }

    Rows corrections(int count) {
        return rows(
                "correction_events",
                count,
                () -> row(
                        "agent_id",
                        agent(),
                        "task_kind",
                        "k",
                        "feedback_type",
                        any("corrected", "rejected"),
                        "created_at",
                        time(0)));
    }

    Rows episodes(int count) {
        return rows(
                "execution_episodes",
                count,
                () -> row(
                        "agent_id",
                        agent(),
                        "task_kind",
                        any("code", "ops"),
                        "project_key",
                        "",
                        "environment",
                        "",
                        "status",
                        "completed",
                        "confidence_score",
                        0,
                        "created_at",
                        time(0),
                        "autonomy_tier",
                        any("t0", "t1", "")));
    }

    Rows channels(int count) {
        return rows(
                "channel_gateway_events",
                count,
                () -> row(
                        "agent_id",
                        agent(),
                        "created_at",
                        now.toString(),
                        "event_type",
                        any("policy_denied", "paired"),
                        "event_json",
                        any(List.of(
                                Map.of("severity", "warning", "payload", Map.of("status", "blocked")),
                                Map.of("severity", "info", "payload", Map.of()),
                                Map.of()))));
    }

    Rows skills(int count) {
        return rows(
                "skill_package_events",
                count,
                () -> row(
                        "agent_id",
                        agent(),
                        "package_id",
                        "p",
                        "created_at",
                        now.toString(),
                        "event_type",
                        any("skill_package.install", "scan"),
                        "event_json",
                        any(List.of(Map.of("decision", "allow", "recommendation_status", "recommended"), Map.of()))));
    }

    Rows exports(int count) {
        return rows(
                "trajectory_exports",
                count,
                () -> row(
                        "export_id",
                        "e" + number(),
                        "agent_id",
                        agent(),
                        "status",
                        any("created", "failed"),
                        "payload_json",
                        Map.of(),
                        "jsonl_text",
                        "",
                        "created_at",
                        now.toString()));
    }

    Rows releases(int count) {
        return rows(
                "release_quality_runs",
                count,
                () -> row(
                        "agent_id",
                        agent(),
                        "status",
                        any("passed", "failed"),
                        "payload_json",
                        Map.of(),
                        "created_at",
                        now.toString()));
    }
}
