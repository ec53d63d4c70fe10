-- The tables of a Koda install that a monitor reads, as far as they are known: time stamps are ISO 8601 texts.
CREATE SCHEMA knowledge_v2;
CREATE TABLE knowledge_v2.schema_migrations (version text PRIMARY KEY, applied_at text);
INSERT INTO knowledge_v2.schema_migrations VALUES ('001_base_tables', '2026-05-20T12:00:00+00:00'),
  ('046_memory_governance_namespaces', '2026-05-20T12:00:01+00:00');
CREATE TABLE knowledge_v2.cp_supervisor_runtimes (heartbeat_at text, draining boolean NOT NULL DEFAULT false, capacity integer);
CREATE TABLE knowledge_v2.cp_agent_assignments (agent_id text);
CREATE TABLE knowledge_v2.runtime_queue_items (agent_id text, task_id bigint, user_id bigint, chat_id bigint,
  queue_name text, status text, queue_position integer, queued_at text, updated_at text, recovery_count integer,
  last_error text);
CREATE TABLE knowledge_v2.tasks (status text, provider text, model text, attempt integer, max_attempts integer,
  cost_usd double precision, error_message text, created_at text, started_at text, completed_at text,
  current_phase text, last_heartbeat_at text, lease_owner text, lease_expires_at text);
CREATE TABLE knowledge_v2.scheduled_job_runs (status text, lease_expires_at text, next_attempt_at text);
CREATE TABLE knowledge_v2.dead_letter_queue (failed_at text, error_class text, retry_eligible boolean, retried_at text);
