-- Who may use the operations surface. A revoked operator stays, so that the audit log can be read later on.
CREATE TABLE koda_ops.operator (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
    -- SHA-256 of the token, which nobody has but the operator.
    token_digest bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_by text NOT NULL,
    revoked_at timestamptz,
    revoked_by text
);
CREATE UNIQUE INDEX operator_name ON koda_ops.operator (name) WHERE revoked_at IS NULL;

-- Ids that are good no more, for as long as somebody could show them: sessions that were ended, login links that were used.
CREATE TABLE koda_ops.spent (
    id uuid PRIMARY KEY,
    spent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX spent_expiry ON koda_ops.spent (expires_at);
