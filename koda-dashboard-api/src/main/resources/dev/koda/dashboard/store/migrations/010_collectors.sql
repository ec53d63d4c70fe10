-- What counters that are derived from the tables of a Koda have come to. The rows up to counted_to are in totals for good;
-- those up to marked_to can be so a while after marked_at, a time of that Koda's database, when no transaction that drew
-- one of their numbers can still commit.
CREATE TABLE koda_ops.collector_state (
    source text NOT NULL,
    collector text NOT NULL,
    counted_to bigint NOT NULL,
    marked_to bigint NOT NULL,
    marked_at timestamptz NOT NULL,
    totals jsonb NOT NULL,
    PRIMARY KEY (source, collector)
);
