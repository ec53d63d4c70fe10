-- Counts and latencies of a day, for looks at months: 90 rows in the place of 2,160.
CREATE TABLE koda_ops.rollup_1d (
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
CREATE TABLE koda_ops.rollup_1d_default PARTITION OF koda_ops.rollup_1d DEFAULT;

-- What is known in hours already; a day is one of UTC, as the hours are.
INSERT INTO koda_ops.rollup_1d (subject, bucket, passes, warns, fails, unknowns, latency_max_us, latencies)
SELECT d.subject, d.day, d.passes, d.warns, d.fails, d.unknowns, d.longest,
       coalesce((SELECT array_agg(l.total ORDER BY l.place)
                 FROM (SELECT u.place, sum(u.latency)::integer AS total
                       FROM koda_ops.rollup_1h h, unnest(h.latencies) WITH ORDINALITY AS u (latency, place)
                       WHERE h.subject = d.subject AND h.bucket >= d.day AND h.bucket < d.day + interval '24 hours'
                       GROUP BY u.place) l), '{}')
FROM (SELECT subject, date_trunc('day', bucket AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS day, sum(passes) AS passes,
             sum(warns) AS warns, sum(fails) AS fails, sum(unknowns) AS unknowns, max(latency_max_us) AS longest
      FROM koda_ops.rollup_1h GROUP BY 1, 2) d;
