package dev.koda.server.collectors;

import static dev.koda.server.collectors.Rows.row;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What changes in place, and is shown as it is. */
final class GeneratedState extends GeneratedRows {
    GeneratedState(long seed, Instant now) {
        super(seed, now);
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
                        number(),
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
                        number(),
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
                        "t" + number(),
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
                        "r" + number(),
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
                        number(),
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
}
