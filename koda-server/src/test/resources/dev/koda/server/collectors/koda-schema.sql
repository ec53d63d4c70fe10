-- The tables of a Koda that collectors read, with the columns, types and indexes that its migrations give them, in words of
-- our own. Most times are text in ISO 8601.
CREATE SCHEMA knowledge_v2;
SET search_path = knowledge_v2;

CREATE TABLE tasks (
    id bigserial PRIMARY KEY, agent_id text NOT NULL, user_id bigint NOT NULL, chat_id bigint NOT NULL,
    status text NOT NULL DEFAULT 'queued', query_text text NOT NULL DEFAULT '', provider text, model text,
    attempt integer NOT NULL DEFAULT 1, max_attempts integer NOT NULL DEFAULT 3,
    cost_usd double precision NOT NULL DEFAULT 0, error_message text, created_at text NOT NULL, started_at text,
    completed_at text, current_phase text, last_heartbeat_at text, lease_owner text, lease_expires_at text);
CREATE INDEX idx_tasks_user_status ON tasks (agent_id, user_id, status, id DESC);
CREATE INDEX idx_tasks_lease_sweep ON tasks (agent_id, lease_expires_at) WHERE status IN ('running', 'retrying');

CREATE TABLE runtime_queue_items (
    id bigserial PRIMARY KEY, agent_id text NOT NULL, task_id bigint NOT NULL, user_id bigint NOT NULL,
    chat_id bigint NOT NULL, queue_name text NOT NULL DEFAULT 'user', status text NOT NULL DEFAULT 'queued',
    queue_position integer, query_text text NOT NULL DEFAULT '', queued_at text NOT NULL, updated_at text NOT NULL,
    UNIQUE (agent_id, task_id));
CREATE INDEX idx_runtime_queue_items_status ON runtime_queue_items (agent_id, status, queued_at);

CREATE TABLE runtime_environments (
    id bigserial PRIMARY KEY, agent_id text NOT NULL, task_id bigint NOT NULL, user_id bigint NOT NULL,
    chat_id bigint NOT NULL, status text NOT NULL DEFAULT 'active', current_phase text NOT NULL DEFAULT 'queued',
    workspace_path text NOT NULL, pause_state text NOT NULL DEFAULT 'none', created_at text NOT NULL,
    updated_at text NOT NULL, last_heartbeat_at text, UNIQUE (agent_id, task_id));
CREATE INDEX idx_runtime_environments_status
    ON runtime_environments (agent_id, status, current_phase, last_heartbeat_at);

CREATE TABLE runtime_browser_sessions (
    id bigserial PRIMARY KEY, agent_id text NOT NULL, task_id bigint NOT NULL, env_id bigint, scope_id bigint NOT NULL,
    transport text NOT NULL, status text NOT NULL, display_id integer, vnc_port integer, novnc_port integer,
    metadata_json jsonb NOT NULL DEFAULT '{}', created_at text NOT NULL, updated_at text NOT NULL, ended_at text);

CREATE TABLE runtime_attach_sessions (
    id bigserial PRIMARY KEY, agent_id text NOT NULL, task_id bigint NOT NULL, env_id bigint, attach_kind text NOT NULL,
    terminal_id bigint, token text NOT NULL, can_write boolean NOT NULL DEFAULT false, actor text NOT NULL,
    status text NOT NULL DEFAULT 'active', expires_at text NOT NULL, created_at text NOT NULL,
    last_seen_at text NOT NULL, ended_at text, UNIQUE (agent_id, token));

CREATE TABLE runtime_resource_samples (
    id bigserial PRIMARY KEY, agent_id text NOT NULL, task_id bigint NOT NULL, env_id bigint,
    cpu_percent double precision, rss_kb double precision, process_count integer, workspace_disk_bytes bigint,
    metadata_json jsonb NOT NULL DEFAULT '{}', created_at text NOT NULL);

CREATE TABLE runtime_guardrail_hits (
    id bigserial PRIMARY KEY, agent_id text NOT NULL, task_id bigint NOT NULL, env_id bigint, cycle_id bigint,
    guardrail_type text NOT NULL, details_json jsonb NOT NULL DEFAULT '{}', created_at text NOT NULL);

CREATE TABLE scheduled_jobs (
    id bigserial PRIMARY KEY, user_id bigint NOT NULL, chat_id bigint NOT NULL, agent_id text, job_type text NOT NULL,
    trigger_type text NOT NULL, schedule_expr text NOT NULL, payload_json text NOT NULL DEFAULT '{}',
    status text NOT NULL DEFAULT 'draft', next_run_at text, created_at text NOT NULL, updated_at text NOT NULL);
CREATE INDEX idx_scheduled_jobs_user_status ON scheduled_jobs (user_id, status, next_run_at);

CREATE TABLE scheduled_job_runs (
    id bigserial PRIMARY KEY, scheduled_job_id bigint NOT NULL REFERENCES scheduled_jobs (id) ON DELETE CASCADE,
    scheduled_for text NOT NULL, trigger_reason text NOT NULL, status text NOT NULL DEFAULT 'queued',
    attempt integer NOT NULL DEFAULT 0, max_attempts integer NOT NULL DEFAULT 3, lease_owner text,
    lease_expires_at text, next_attempt_at text, summary_text text, created_at text NOT NULL, updated_at text NOT NULL,
    UNIQUE (scheduled_job_id, scheduled_for, trigger_reason));
CREATE INDEX idx_scheduled_job_runs_due ON scheduled_job_runs (status, next_attempt_at, lease_expires_at);
CREATE INDEX idx_scheduled_job_runs_job ON scheduled_job_runs (scheduled_job_id, scheduled_for DESC);

CREATE TABLE memory_embedding_jobs (
    id bigserial PRIMARY KEY, memory_id bigint NOT NULL, agent_id text, status text NOT NULL DEFAULT 'pending',
    attempt_count integer DEFAULT 0, last_error text DEFAULT '', next_retry_at text, created_at text NOT NULL,
    updated_at text NOT NULL, UNIQUE (memory_id, agent_id));
CREATE INDEX idx_memory_embedding_jobs_status ON memory_embedding_jobs (status, next_retry_at, agent_id);

CREATE TABLE query_history (
    id bigserial PRIMARY KEY, agent_id text NOT NULL, user_id bigint NOT NULL, timestamp timestamptz NOT NULL,
    query_text text NOT NULL, response_text text NOT NULL, cost_usd double precision NOT NULL DEFAULT 0,
    provider text NOT NULL DEFAULT 'claude', model text NOT NULL DEFAULT '', usage_json jsonb NOT NULL DEFAULT '{}',
    error boolean NOT NULL DEFAULT false, created_at timestamptz NOT NULL DEFAULT now());
CREATE INDEX idx_query_history_lookup ON query_history (agent_id, user_id, timestamp DESC);

CREATE TABLE audit_events (
    id bigserial PRIMARY KEY, agent_id text NOT NULL, timestamp timestamptz NOT NULL, event_type text NOT NULL,
    pod_name text NOT NULL DEFAULT '', user_id bigint, task_id bigint, trace_id text NOT NULL DEFAULT '',
    details_json jsonb NOT NULL DEFAULT '{}', cost_usd double precision, duration_ms double precision,
    created_at timestamptz NOT NULL DEFAULT now());
CREATE INDEX idx_audit_events_lookup ON audit_events (agent_id, timestamp DESC, event_type);
CREATE INDEX idx_audit_events_user ON audit_events (agent_id, user_id, timestamp DESC);

CREATE TABLE retrieval_traces (
    id bigserial PRIMARY KEY, agent_id text NOT NULL, task_id bigint, query_text text NOT NULL, strategy text NOT NULL,
    route text NOT NULL, grounding_score double precision NOT NULL DEFAULT 0, trace_role text NOT NULL DEFAULT 'primary',
    payload_json jsonb NOT NULL DEFAULT '{}', created_at timestamptz NOT NULL DEFAULT now());
CREATE INDEX idx_retrieval_traces_lookup ON retrieval_traces (agent_id, task_id, strategy, created_at DESC);

CREATE TABLE answer_judgements (
    id bigserial PRIMARY KEY, answer_trace_id bigint NOT NULL, agent_id text NOT NULL, task_id bigint,
    status text NOT NULL DEFAULT '', citation_coverage double precision NOT NULL DEFAULT 0,
    citation_span_precision double precision NOT NULL DEFAULT 0, payload_json jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now());

CREATE TABLE correction_events (
    id bigserial PRIMARY KEY, agent_id text NOT NULL, task_id bigint, task_kind text NOT NULL,
    feedback_type text NOT NULL, note text, project_key text, environment text, created_at text NOT NULL);
CREATE INDEX idx_correction_events_lookup
    ON correction_events (agent_id, task_kind, project_key, environment, created_at DESC);

CREATE TABLE execution_episodes (
    id bigserial PRIMARY KEY, agent_id text NOT NULL, task_id bigint, task_kind text NOT NULL,
    project_key text NOT NULL DEFAULT '', environment text NOT NULL DEFAULT '', autonomy_tier text NOT NULL DEFAULT '',
    status text NOT NULL, confidence_score double precision NOT NULL DEFAULT 0, created_at text NOT NULL);
CREATE INDEX idx_execution_episodes_task ON execution_episodes (agent_id, task_id, task_kind, project_key, environment);

CREATE TABLE channel_gateway_events (
    id bigserial PRIMARY KEY, agent_id text NOT NULL, event_type text NOT NULL, event_json jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now());
CREATE INDEX idx_channel_gateway_events_agent_created ON channel_gateway_events (agent_id, created_at DESC);
CREATE INDEX idx_channel_gateway_events_type ON channel_gateway_events (event_type, created_at DESC);

CREATE TABLE skill_package_events (
    id bigserial PRIMARY KEY, agent_id text NOT NULL, package_id text NOT NULL, event_type text NOT NULL,
    event_json jsonb NOT NULL DEFAULT '{}', created_at timestamptz NOT NULL DEFAULT now());
CREATE INDEX idx_skill_package_events_agent_package ON skill_package_events (agent_id, package_id, created_at DESC);
CREATE INDEX idx_skill_package_events_type ON skill_package_events (event_type, created_at DESC);

CREATE TABLE trajectory_exports (
    id bigserial PRIMARY KEY, export_id text NOT NULL, agent_id text NOT NULL, task_id bigint,
    status text NOT NULL DEFAULT 'created', payload_json jsonb NOT NULL DEFAULT '{}', jsonl_text text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(), UNIQUE (agent_id, export_id));
CREATE INDEX idx_trajectory_exports_agent_created ON trajectory_exports (agent_id, created_at DESC);

CREATE TABLE release_quality_runs (
    id bigserial PRIMARY KEY, agent_id text NOT NULL, status text NOT NULL DEFAULT 'failed',
    payload_json jsonb NOT NULL DEFAULT '{}', created_at timestamptz NOT NULL DEFAULT now());
CREATE INDEX idx_release_quality_runs_agent_created ON release_quality_runs (agent_id, created_at DESC);

RESET search_path;
