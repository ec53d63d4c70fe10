-- Where events arrive, in any order and from many writers at once.
CREATE TABLE koda_ops.audit_inbox (
    id uuid PRIMARY KEY,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- May have been stored before: the sealer looks.
    is_repeated boolean NOT NULL DEFAULT false,
    body text NOT NULL
);
CREATE INDEX audit_inbox_order ON koda_ops.audit_inbox (received_at, id);

-- What was imported from elsewhere in the last days, so that a window that is read again gives nothing twice.
CREATE TABLE koda_ops.audit_import (
    source text NOT NULL,
    key text NOT NULL,
    imported_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (source, key)
);
CREATE INDEX audit_import_age ON koda_ops.audit_import (imported_at);

-- What is sealed: seq without holes, each hash over the one before and the bytes of the body. The other columns repeat
-- what stands in the body, for queries.
CREATE TABLE koda_ops.audit_log (
    seq bigint NOT NULL,
    id uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    sealed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    type text NOT NULL,
    severity smallint NOT NULL,
    actor text,
    source text,
    target text,
    body text NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (seq)
) PARTITION BY RANGE (seq);
CREATE INDEX audit_log_id ON koda_ops.audit_log (id);
CREATE INDEX audit_log_type ON koda_ops.audit_log (type, seq);
CREATE INDEX audit_log_actor ON koda_ops.audit_log (actor, seq) WHERE actor IS NOT NULL;
CREATE INDEX audit_log_source ON koda_ops.audit_log (source, seq) WHERE source IS NOT NULL;
CREATE INDEX audit_log_time ON koda_ops.audit_log (occurred_at);
CREATE TABLE koda_ops.audit_log_default PARTITION OF koda_ops.audit_log DEFAULT;

-- The end of the chain, and which partition is written.
CREATE TABLE koda_ops.audit_head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    seq bigint NOT NULL,
    hash bytea NOT NULL
);
INSERT INTO koda_ops.audit_head (seq, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

CREATE TABLE koda_ops.audit_checkpoint (
    seq bigint PRIMARY KEY,
    signed_at timestamptz NOT NULL,
    key_id text NOT NULL,
    note text NOT NULL
);

-- The owner may drop a partition, and nobody changes a row.
REVOKE UPDATE, DELETE, TRUNCATE ON koda_ops.audit_log, koda_ops.audit_log_default, koda_ops.audit_checkpoint
    FROM PUBLIC, CURRENT_USER;
