package dev.koda.checks.postgres.state;

/**
 * Where a server is in its write-ahead log, whether it writes it or receives it. What is received is counted from the
 * beginning of a segment, so after a start a standby may have replayed more than that.
 */
final class Wal {
    static final String POSITION = "CASE WHEN pg_is_in_recovery()"
            + " THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) ELSE pg_current_wal_lsn() END";

    private Wal() {}
}
