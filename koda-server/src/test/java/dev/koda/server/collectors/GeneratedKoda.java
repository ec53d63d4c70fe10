package dev.koda.server.collectors;

import static dev.koda.server.collectors.Rows.row;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Rows of a Koda at work, the same for the same seed and time; times are written in every way that Koda's code has. */
final class GeneratedKoda {
    private static final List<String> AGENTS = List.of("ATLAS", "DEFAULT", "HERMES");

    private final Random random;
    private final Instant now;
    private long numbers;

    GeneratedKoda(long seed, Instant now) {
        random = new Random(seed);
        this.now = now;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private String any(String... values) {
        return any(List.of(values));
    }

    private String agent() {
        return any(AGENTS);
    }

    private Rows rows(String table, int count, Supplier<Map<String, @Nullable Object>> maker) {
        var all = new ArrayList<Map<String, @Nullable Object>>();
        for (int i = 0; i < count; i++) {
            all.add(maker.get());
        }
        return new Rows(table, all);
    }

    /** A time so many minutes from now, in a way that says it. */
    String time(long minutes) {
        var at = now.plusSeconds(minutes * 60);
        var local = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        return switch (random.nextInt(4)) {
            case 0 -> at.toString();
            case 1 ->
                local.atOffset(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx"));
            case 2 ->
                at.atOffset(ZoneOffset.ofHours(-5)).format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx"));
            default -> local.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss"));
        };
    }

    Rows tasks(int count) {
        return rows(
                "tasks",
                count,
                () -> row(
                        "agent_id",
                        agent(),
                        "user_id",
                        random.nextInt(5),
                        "chat_id",
                        1,
                        "query_text",
                        "q",
                        "attempt",
                        1,
                        "max_attempts",
                        3,
                        "cost_usd",
                        0,
                        "created_at",
                        time(-9),
                        "status",
                        any("queued", "running", "retrying", "completed", "completed", "failed")));
    }

    Rows queue(int count) {
        return rows(
                "runtime_queue_items",
                count,
                () -> row(
                        "agent_id",
                        agent(),
                        "task_id",
                        ++numbers,
                        "user_id",
                        1,
                        "chat_id",
                        1,
                        "queue_name",
                        "user",
                        "query_text",
                        "q",
                        "queued_at",
                        time(-5),
                        "updated_at",
                        time(-5),
                        "status",
                        any("queued", "running", "paused", "completed")));
    }

    Rows environments(int count) {
        return rows(
                "runtime_environments",
                count,
                () -> row(
                        "agent_id",
                        agent(),
                        "task_id",
                        ++numbers,
                        "user_id",
                        1,
                        "chat_id",
                        1,
                        "workspace_path",
                        "/w",
                        "pause_state",
                        "none",
                        "created_at",
                        time(-5),
                        "updated_at",
                        time(-5),
                        "status",
                        any("active", "cleaning", "cleaned", "failed"),
                        "current_phase",
                        any("queued", "executing", "validating")));
    }

    Rows browsers(int count) {
        return rows(
                "runtime_browser_sessions",
                count,
                () -> row(
                        "agent_id",
                        agent(),
                        "task_id",
                        1,
                        "scope_id",
                        1,
                        "transport",
                        "vnc",
                        "status",
                        "running",
                        "metadata_json",
                        Map.of(),
                        "created_at",
                        time(-5),
                        "updated_at",
                        time(-5),
                        "vnc_port",
                        random.nextBoolean() ? null : 5900,
                        "ended_at",
                        random.nextBoolean() ? null : time(-1)));
    }

    Rows attachments(int count) {
        return rows(
                "runtime_attach_sessions",
                count,
                () -> row(
                        "agent_id",
                        agent(),
                        "task_id",
                        1,
                        "attach_kind",
                        any("terminal", "browser"),
                        "token",
                        "t" + ++numbers,
                        "can_write",
                        false,
                        "actor",
                        "a",
                        "created_at",
                        time(-5),
                        "last_seen_at",
                        time(-5),
                        "status",
                        any("active", "ended"),
                        "expires_at",
                        time(any(List.of(-7L, 7L))),
                        "ended_at",
                        random.nextInt(3) == 0 ? time(-1) : null));
    }

    Rows samples(int count) {
        return rows(
                "runtime_resource_samples",
                count,
                () -> row(
                        "agent_id",
                        agent(),
                        "task_id",
                        1,
                        "env_id",
                        random.nextInt(6),
                        "cpu_percent",
                        random.nextInt(1000) / 10.0,
                        "rss_kb",
                        random.nextInt(100_000),
                        "workspace_disk_bytes",
                        random.nextInt(1_000_000),
                        "metadata_json",
                        Map.of(),
                        "created_at",
                        time(any(List.of(-60L, -2L, -1L)))));
    }

    Rows jobs(int count) {
        return rows(
                "scheduled_jobs",
                count,
                () -> row(
                        "user_id",
                        1,
                        "chat_id",
                        1,
                        "agent_id",
                        any(List.of("ATLAS", "HERMES", "")),
                        "job_type",
                        "j",
                        "trigger_type",
                        "cron",
                        "schedule_expr",
                        "* * * * *",
                        "payload_json",
                        "{}",
                        "created_at",
                        time(-5),
                        "updated_at",
                        time(-5),
                        "status",
                        any("draft", "validation_pending", "active", "paused", "failed_open", "archived")));
    }

    /** @param jobs how many there are */
    Rows runs(int count, int jobs) {
        return rows(
                "scheduled_job_runs",
                count,
                () -> row(
                        "scheduled_job_id",
                        1 + random.nextInt(jobs),
                        "trigger_reason",
                        "r" + ++numbers,
                        "attempt",
                        0,
                        "max_attempts",
                        3,
                        "created_at",
                        time(-5),
                        "updated_at",
                        time(-5),
                        "scheduled_for",
                        time(any(List.of(-4L, 4L))),
                        "next_attempt_at",
                        any(List.of(time(-3), time(3), "soon", "2026-02-30T10:00:00Z", "")),
                        "lease_expires_at",
                        random.nextBoolean() ? null : any(List.of(time(-2), time(2), "never")),
                        "status",
                        any("queued", "running", "retrying", "succeeded", "failed", "skipped")));
    }

    Rows embeddings(int count) {
        return rows(
                "memory_embedding_jobs",
                count,
                () -> row(
                        "memory_id",
                        ++numbers,
                        "agent_id",
                        agent(),
                        "attempt_count",
                        0,
                        "created_at",
                        time(-5),
                        "updated_at",
                        time(-5),
                        "status",
                        any("pending", "failed", "completed", "processing")));
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
                        "e" + ++numbers,
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
