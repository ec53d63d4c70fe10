-- Which steps of this schema are applied, and who holds what may be done by one process only.
CREATE TABLE koda_ops.schema_migration (
    version integer PRIMARY KEY,
    name text NOT NULL,
    digest text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The epoch grows whenever the holder changes: a writer that has been asleep is told apart by it.
CREATE TABLE koda_ops.lease (
    name text PRIMARY KEY,
    holder text NOT NULL,
    epoch bigint NOT NULL,
    expires_at timestamptz NOT NULL
);
