package dev.koda.server.collectors;

import java.util.List;

/**
 * What is asked anew each time. Every statement goes along an index that Koda's migrations make, or where none leads to
 * the rows that count, looks at the 10,000 newest alone: an older one that is still open is not seen. So none reads a table
 * from end to end, however large it is.
 */
final class GaugeCollectors {
    private static final String QUEUE = agents("runtime_queue_items") + """
            SELECT a.agent_id,
                   (SELECT count(*) FROM {schema}.runtime_queue_items q
                    WHERE q.agent_id = a.agent_id AND q.status = 'queued') AS koda_queue_depth
            FROM agent a WHERE a.agent_id IS NOT NULL
            """;

    private static final String TASKS = agents("tasks") + """
            SELECT a.agent_id,
                   (SELECT count(*) FROM {schema}.tasks t
                    WHERE t.agent_id = a.agent_id AND t.status IN ('running', 'retrying')) AS koda_active_tasks
            FROM agent a WHERE a.agent_id IS NOT NULL
            """;

    private static final String ENVIRONMENTS = agents("runtime_environments") + """
            SELECT e.current_phase AS phase,
                   count(*) AS koda_runtime_phase_total,
                   count(*) AS koda_runtime_active_envs
            FROM agent a
            JOIN {schema}.runtime_environments e
              ON e.agent_id = a.agent_id AND e.status IN ('active', 'cleaning')
            GROUP BY e.current_phase
            UNION ALL SELECT NULL, NULL, 0
            """;

    private static final String BROWSERS = """
            SELECT count(*) AS koda_runtime_browser_sessions_active,
                   count(*) FILTER (WHERE s.vnc_port IS NOT NULL) AS koda_runtime_vnc_sessions_active
            FROM (SELECT ended_at, vnc_port FROM {schema}.runtime_browser_sessions
                  ORDER BY id DESC LIMIT 10000) s
            WHERE coalesce(s.ended_at, '') = ''
            """;

    private static final String ATTACHMENTS = """
            SELECT count(*) FILTER (WHERE s.attach_kind = 'terminal') AS koda_runtime_terminal_attach_sessions_active,
                   count(*) FILTER (WHERE s.attach_kind = 'browser') AS koda_runtime_browser_attach_sessions_active
            FROM (SELECT attach_kind, status, ended_at, expires_at FROM {schema}.runtime_attach_sessions
                  ORDER BY id DESC LIMIT 10000) s
            WHERE s.status = 'active' AND coalesce(s.ended_at, '') = ''
              AND coalesce({expires} > clock_timestamp(), true)
            """.replace("{expires}", IsoText.time("s.expires_at"));

    private static final String RESOURCES = """
            WITH fresh AS (
                SELECT s.id, s.env_id, s.cpu_percent, s.rss_kb, s.workspace_disk_bytes
                FROM (SELECT id, env_id, cpu_percent, rss_kb, workspace_disk_bytes, created_at
                      FROM {schema}.runtime_resource_samples ORDER BY id DESC LIMIT 1000) s
                WHERE {created} > clock_timestamp() - interval '5 minutes'
            )
            SELECT (SELECT cpu_percent FROM fresh ORDER BY id DESC LIMIT 1) AS koda_runtime_resource_cpu_percent,
                   (SELECT rss_kb * 1024 FROM fresh ORDER BY id DESC LIMIT 1) AS koda_runtime_resource_rss_bytes,
                   (SELECT sum(workspace_disk_bytes) FROM (
                        SELECT DISTINCT ON (env_id) workspace_disk_bytes FROM fresh
                        WHERE env_id IS NOT NULL ORDER BY env_id, id DESC) newest) AS koda_runtime_worktree_disk_bytes
            """.replace("{created}", IsoText.time("s.created_at"));

    private static final String JOBS = """
            SELECT j.agent_id, counted.status,
                   sum(CASE WHEN counted.status IN ('all', j.status) THEN j.number ELSE 0 END)
                       AS koda_scheduled_active_jobs
            FROM (SELECT coalesce(nullif(agent_id, ''), 'default') AS agent_id, status, count(*) AS number
                  FROM (SELECT agent_id, status FROM {schema}.scheduled_jobs ORDER BY id DESC LIMIT 10000) newest
                  WHERE status IN ('validation_pending', 'validated', 'active', 'paused', 'failed_open')
                  GROUP BY 1, 2) j
            CROSS JOIN (VALUES ('all'), ('failed_open'), ('validation_pending')) counted (status)
            GROUP BY 1, 2
            """;

    private static final String RUNS = """
            SELECT coalesce(nullif(j.agent_id, ''), 'default') AS agent_id,
                   count(*) FILTER (WHERE r.status IN ('queued', 'retrying')
                                    AND coalesce({next}, {planned}) <= clock_timestamp()) AS koda_scheduled_due_runs,
                   count(*) FILTER (WHERE {expires} >= clock_timestamp()) AS koda_scheduled_leased_runs
            FROM {schema}.scheduled_job_runs r
            JOIN {schema}.scheduled_jobs j ON j.id = r.scheduled_job_id
            WHERE r.status IN ('queued', 'running', 'retrying')
            GROUP BY 1
            """.replace("{next}", IsoText.time("r.next_attempt_at"))
            .replace("{planned}", IsoText.time("r.scheduled_for"))
            .replace("{expires}", IsoText.time("r.lease_expires_at"));

    private static final String EMBEDDINGS = """
            SELECT coalesce(nullif(agent_id, ''), 'default') AS agent_id, status,
                   count(*) AS koda_memory_embedding_queue
            FROM (SELECT agent_id, status FROM {schema}.memory_embedding_jobs WHERE status < 'completed'
                  UNION ALL
                  SELECT agent_id, status FROM {schema}.memory_embedding_jobs WHERE status > 'completed') waiting
            GROUP BY 1, 2
            """;

    private GaugeCollectors() {}

    /** The agents that a table knows, by one step down an index for each of them. */
    private static String agents(String table) {
        return """
                WITH RECURSIVE agent (agent_id) AS (
                    (SELECT agent_id FROM {schema}.{table} ORDER BY agent_id LIMIT 1)
                    UNION ALL
                    SELECT (SELECT n.agent_id FROM {schema}.{table} n
                            WHERE n.agent_id > a.agent_id ORDER BY n.agent_id LIMIT 1)
                    FROM agent a WHERE a.agent_id IS NOT NULL
                )
                """.replace("{table}", table);
    }

    static List<Collector> all() {
        return List.of(
                Collector.gauges("queue", "runtime_queue_items", QUEUE, "koda_queue_depth"),
                Collector.gauges("tasks", "tasks", TASKS, "koda_active_tasks"),
                Collector.gauges(
                        "environments",
                        "runtime_environments",
                        ENVIRONMENTS,
                        "koda_runtime_active_envs",
                        "koda_runtime_phase_total"),
                Collector.gauges(
                        "browser-sessions",
                        "runtime_browser_sessions",
                        BROWSERS,
                        "koda_runtime_browser_sessions_active",
                        "koda_runtime_vnc_sessions_active"),
                Collector.gauges(
                        "attach-sessions",
                        "runtime_attach_sessions",
                        ATTACHMENTS,
                        "koda_runtime_terminal_attach_sessions_active",
                        "koda_runtime_browser_attach_sessions_active"),
                Collector.gauges(
                        "resource-samples",
                        "runtime_resource_samples",
                        RESOURCES,
                        "koda_runtime_resource_cpu_percent",
                        "koda_runtime_resource_rss_bytes",
                        "koda_runtime_worktree_disk_bytes"),
                Collector.gauges("scheduler-jobs", "scheduled_jobs", JOBS, "koda_scheduled_active_jobs"),
                Collector.gauges(
                        "scheduler-runs",
                        "scheduled_job_runs",
                        RUNS,
                        "koda_scheduled_due_runs",
                        "koda_scheduled_leased_runs"),
                Collector.gauges("embedding-jobs", "memory_embedding_jobs", EMBEDDINGS, "koda_memory_embedding_queue"));
    }
}
