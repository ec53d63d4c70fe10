-- The last heartbeat of each that koda.yaml expects; declared_at is when the first one began to be awaited.
CREATE TABLE koda_ops.heartbeat (
    id text PRIMARY KEY,
    declared_at timestamptz NOT NULL,
    heard_at timestamptz,
    exit_code integer,
    source text
);
