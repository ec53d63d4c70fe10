-- What was stored again because an insert had not been answered, and is sealed: that insert may arrive yet, and its event
-- is known by this. Kept for some days.
CREATE TABLE koda_ops.audit_repeated (
    id uuid PRIMARY KEY,
    sealed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX audit_repeated_age ON koda_ops.audit_repeated (sealed_at);
