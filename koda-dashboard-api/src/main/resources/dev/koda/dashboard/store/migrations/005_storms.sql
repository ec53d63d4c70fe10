-- What came in a storm: opened when it begins, counted on, closed when it is over. The events themselves are in the log.
CREATE TABLE koda_ops.audit_storm (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    key text NOT NULL,
    started_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    ended_at timestamptz,
    events bigint NOT NULL,
    first_seq bigint NOT NULL,
    last_seq bigint NOT NULL
);
CREATE INDEX audit_storm_time ON koda_ops.audit_storm (started_at, id);

-- Up to where the log was looked through.
CREATE TABLE koda_ops.audit_storm_place (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    seq bigint NOT NULL
);
INSERT INTO koda_ops.audit_storm_place (seq) VALUES (0);
