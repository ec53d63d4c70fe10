-- {rows} rows in each table that a Koda fills: nearly all of them done with, as after months of work, and about one in 500
-- still open.
SET search_path = knowledge_v2;

INSERT INTO tasks (agent_id, user_id, chat_id, status, query_text, created_at, completed_at)
SELECT 'AGENT_' || n % 12, n % 50, n % 50,
       CASE WHEN n % 750 = 0 THEN 'running' WHEN n % 1500 = 1 THEN 'retrying' WHEN n % 20 = 3 THEN 'failed' ELSE 'completed' END,
       repeat('what was asked ', 8), '2026-11-28T10:00:00+00:00', '2026-11-28T10:01:00+00:00'
FROM generate_series(1, {rows}) n;

INSERT INTO runtime_queue_items (agent_id, task_id, user_id, chat_id, status, query_text, queued_at, updated_at)
SELECT 'AGENT_' || n % 12, n, n % 50, n % 50,
       CASE WHEN n % 500 = 0 THEN 'queued' WHEN n % 500 = 1 THEN 'running' ELSE 'completed' END,
       repeat('what was asked ', 8), '2026-11-28T10:00:00+00:00', '2026-11-28T10:00:00+00:00'
FROM generate_series(1, {rows}) n;

INSERT INTO runtime_environments
    (agent_id, task_id, user_id, chat_id, status, current_phase, workspace_path, created_at, updated_at)
SELECT 'AGENT_' || n % 12, n, n % 50, n % 50, CASE WHEN n % 500 = 0 THEN 'active' ELSE 'cleaned' END,
       (ARRAY['queued', 'executing', 'validating'])[n % 3 + 1], '/workspaces/' || n, '2026-11-28T10:00:00', '2026-11-28T10:00:00'
FROM generate_series(1, {rows}) n;

INSERT INTO runtime_browser_sessions
    (agent_id, task_id, env_id, scope_id, transport, status, vnc_port, created_at, updated_at, ended_at)
SELECT 'AGENT_' || n % 12, n, n, n, 'vnc', 'running', 5900, '2026-11-28T10:00:00', '2026-11-28T10:00:00',
       CASE WHEN n % 500 <> 0 THEN '2026-11-28T10:05:00' END
FROM generate_series(1, {rows}) n;

INSERT INTO runtime_attach_sessions
    (agent_id, task_id, attach_kind, token, actor, status, expires_at, created_at, last_seen_at)
SELECT 'AGENT_' || n % 12, n, CASE n % 2 WHEN 0 THEN 'terminal' ELSE 'browser' END, 'token ' || n, 'someone',
       CASE WHEN n % 100 = 0 THEN 'active' ELSE 'ended' END, '2099-11-28T10:00:00Z', '2026-11-28T10:00:00', '2026-11-28T10:00:00'
FROM generate_series(1, {rows}) n;

INSERT INTO runtime_resource_samples (agent_id, task_id, env_id, cpu_percent, rss_kb, workspace_disk_bytes, created_at)
SELECT 'AGENT_' || n % 12, n, n % 40, n % 100, n % 100000, n % 1000000,
       to_char(now() AT TIME ZONE 'UTC' - ({rows} - n) * interval '100 milliseconds', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
FROM generate_series(1, {rows}) n;

INSERT INTO runtime_guardrail_hits (agent_id, task_id, guardrail_type, created_at)
SELECT 'AGENT_' || n % 12, n, (ARRAY['loop', 'budget', 'time'])[n % 3 + 1], '2026-11-28T10:00:00' FROM generate_series(1, {rows}) n;

INSERT INTO scheduled_jobs (user_id, chat_id, agent_id, job_type, trigger_type, schedule_expr, payload_json, status, created_at, updated_at)
SELECT n % 50, 1, 'AGENT_' || n % 12, 'prompt', 'cron', '* * * * *', '{"query": "' || repeat('what to do ', 8) || '"}',
       (ARRAY['active', 'active', 'paused', 'archived', 'failed_open', 'validation_pending'])[n % 6 + 1], '2026-11-28T10:00:00', '2026-11-28T10:00:00'
FROM generate_series(1, {rows}) n;

INSERT INTO scheduled_job_runs
    (scheduled_job_id, scheduled_for, trigger_reason, status, lease_expires_at, next_attempt_at, summary_text, created_at, updated_at)
SELECT n, '2026-11-28T10:00:00+00:00', 'schedule',
       CASE n % 1500 WHEN 0 THEN 'queued' WHEN 500 THEN 'running' WHEN 1000 THEN 'retrying' ELSE 'succeeded' END,
       CASE n % 1500 WHEN 500 THEN '2099-11-28T10:00:00+00:00' END, CASE n % 1500 WHEN 1000 THEN '2026-11-28T10:00:00Z' END,
       repeat('what was done ', 8), '2026-11-28T10:00:00', '2026-11-28T10:00:00'
FROM generate_series(1, {rows}) n;

INSERT INTO memory_embedding_jobs (memory_id, agent_id, status, created_at, updated_at)
SELECT n, 'AGENT_' || n % 12, CASE WHEN n % 500 = 0 THEN 'pending' WHEN n % 500 = 1 THEN 'failed' ELSE 'completed' END,
       '2026-11-28T10:00:00', '2026-11-28T10:00:00'
FROM generate_series(1, {rows}) n;

INSERT INTO query_history (agent_id, user_id, timestamp, query_text, response_text, cost_usd, provider, model)
SELECT 'AGENT_' || n % 12, n % 50, now(), repeat('what was asked ', 8), repeat('what was said ', 20), n % 1000 / 1000.0,
       (ARRAY['claude', 'gemini', 'codex'])[n % 3 + 1], 'model-' || n % 5
FROM generate_series(1, {rows}) n;

INSERT INTO audit_events (agent_id, timestamp, event_type, task_id, details_json)
SELECT 'AGENT_' || n % 12, now(),
       (ARRAY['task.created', 'task.tool_executed', 'task.completed', 'task.failed', 'cost.incurred', 'security.approval_granted'])[n % 6 + 1],
       n, jsonb_build_object('tool', 'tool-' || n % 20, 'success', n % 7 > 0, 'output', repeat('what came out ', 20))
FROM generate_series(1, {rows}) n;

INSERT INTO retrieval_traces (agent_id, task_id, query_text, strategy, route, grounding_score, trace_role)
SELECT 'AGENT_' || n % 12, n, repeat('what was asked ', 8), (ARRAY['hybrid', 'graph'])[n % 2 + 1],
       (ARRAY['local', 'global'])[n % 2 + 1], n % 100 / 100.0, CASE n % 10 WHEN 0 THEN 'shadow' ELSE 'primary' END
FROM generate_series(1, {rows}) n;

INSERT INTO answer_judgements (answer_trace_id, agent_id, task_id, status)
SELECT n, 'AGENT_' || n % 12, n, (ARRAY['passed', 'needs_review', 'failed'])[n % 3 + 1] FROM generate_series(1, {rows}) n;

INSERT INTO correction_events (agent_id, task_id, task_kind, feedback_type, note, created_at)
SELECT 'AGENT_' || n % 12, n, 'code', (ARRAY['corrected', 'rejected'])[n % 2 + 1], repeat('why ', 10), '2026-11-28T10:00:00'
FROM generate_series(1, {rows}) n;

INSERT INTO execution_episodes (agent_id, task_id, task_kind, autonomy_tier, status, created_at)
SELECT 'AGENT_' || n % 12, n, 'kind-' || n % 8, 't' || n % 4, 'completed', '2026-11-28T10:00:00' FROM generate_series(1, {rows}) n;

INSERT INTO channel_gateway_events (agent_id, event_type, event_json)
SELECT 'AGENT_' || n % 12, (ARRAY['policy_denied', 'paired'])[n % 2 + 1],
       jsonb_build_object('severity', 'info', 'payload', jsonb_build_object('status', 'blocked', 'text', repeat('x', 100)))
FROM generate_series(1, {rows}) n;

INSERT INTO skill_package_events (agent_id, package_id, event_type, event_json)
SELECT 'AGENT_' || n % 12, 'p', 'skill_package.install', jsonb_build_object('decision', 'allow') FROM generate_series(1, {rows}) n;

INSERT INTO trajectory_exports (export_id, agent_id, status)
SELECT 'e' || n, 'AGENT_' || n % 12, 'created' FROM generate_series(1, {rows}) n;

INSERT INTO release_quality_runs (agent_id, status)
SELECT 'AGENT_' || n % 12, (ARRAY['passed', 'failed'])[n % 2 + 1] FROM generate_series(1, {rows}) n;

RESET search_path;
