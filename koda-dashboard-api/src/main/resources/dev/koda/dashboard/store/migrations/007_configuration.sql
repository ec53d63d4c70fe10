-- Which configuration each server had last, so that a start with another one is told.
CREATE TABLE koda_ops.configuration (
    node text PRIMARY KEY,
    revision text NOT NULL,
    since timestamptz NOT NULL
);
