-- What results are of: an integration, or a check of the doctor on one server. Where it stands is kept here, so that a
-- result is judged against one row, which its writer locks.
CREATE TABLE koda_ops.subject (
    id text PRIMARY KEY,
    class text NOT NULL CHECK (class IN ('integration', 'doctor')),
    kind text NOT NULL,
    name text NOT NULL,
    origin text NOT NULL,
    every_ms bigint NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    declared_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- The last result, and the interval that it belongs to; null before the first.
    verified_at timestamptz,
    status integer,
    since timestamptz,
    until timestamptz,
    interval_reason text,
    runs integer,
    reason text,
    message text,
    fingerprint text,
    fingerprint_key text,
    revision text,
    incident_at timestamptz,
    incident_failures integer
);
CREATE INDEX subject_class ON koda_ops.subject (class, id);

-- Every result, for seven days.
CREATE TABLE koda_ops.verification (
    subject text NOT NULL,
    started_at timestamptz NOT NULL,
    id uuid NOT NULL,
    trigger text NOT NULL,
    status integer NOT NULL,
    reason text,
    message text,
    latency_us bigint,
    http_status integer,
    fingerprint text,
    revision text,
    node text NOT NULL,
    PRIMARY KEY (subject, started_at, id)
) PARTITION BY RANGE (started_at);
CREATE TABLE koda_ops.verification_default PARTITION OF koda_ops.verification DEFAULT;

-- From when until when the results vouch for one status. Where there is no row, nothing is known.
CREATE TABLE koda_ops.status_interval (
    subject text NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz NOT NULL,
    status integer NOT NULL,
    reason text,
    runs integer NOT NULL,
    PRIMARY KEY (subject, since)
);

-- Counts and latencies of five minutes and of an hour. The latencies are counts of the buckets of LatencyHistogram.
CREATE TABLE koda_ops.rollup_5m (
    subject text NOT NULL,
    bucket timestamptz NOT NULL,
    passes integer NOT NULL,
    warns integer NOT NULL,
    fails integer NOT NULL,
    unknowns integer NOT NULL,
    latency_max_us bigint NOT NULL,
    latencies integer[] NOT NULL,
    PRIMARY KEY (subject, bucket)
) PARTITION BY RANGE (bucket);
CREATE TABLE koda_ops.rollup_5m_default PARTITION OF koda_ops.rollup_5m DEFAULT;

CREATE TABLE koda_ops.rollup_1h (
    subject text NOT NULL,
    bucket timestamptz NOT NULL,
    passes integer NOT NULL,
    warns integer NOT NULL,
    fails integer NOT NULL,
    unknowns integer NOT NULL,
    latency_max_us bigint NOT NULL,
    latencies integer[] NOT NULL,
    PRIMARY KEY (subject, bucket)
) PARTITION BY RANGE (bucket);
CREATE TABLE koda_ops.rollup_1h_default PARTITION OF koda_ops.rollup_1h DEFAULT;

-- From the first failed result to the first that is not.
CREATE TABLE koda_ops.incident (
    subject text NOT NULL,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz,
    reason text,
    message text,
    failures integer NOT NULL,
    PRIMARY KEY (subject, opened_at)
);
CREATE INDEX incident_order ON koda_ops.incident (opened_at, subject);
CREATE INDEX incident_open ON koda_ops.incident (opened_at, subject) WHERE closed_at IS NULL;

-- What happened at a moment: written by operators, and by us where a credential or a configuration changed.
CREATE TABLE koda_ops.annotation (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    subject text,
    text text NOT NULL,
    author text
);
CREATE INDEX annotation_order ON koda_ops.annotation (at, id);
CREATE INDEX annotation_subject ON koda_ops.annotation (subject, at);
