package dev.koda.checks.postgres.state;

import java.util.Objects;

/**
 * Where the checks of a Postgres begin to complain. Where the numbers come from stands in {@code docs/checks.md}.
 *
 * @param lagSeconds a standby behind by this, and by {@code lagBytes} as well; 60 and 300
 * @param lagBytes a standby behind by this, and by {@code lagSeconds} as well; 16 and 256 MiB
 * @param retainedGibibytes WAL that a slot keeps; 10 and 100 GiB
 * @param transactionAge age of the oldest transaction id in transactions; 500 million and 1 billion
 * @param idleSeconds a session idle in its transaction; 300 and 1800
 * @param transactionSeconds a transaction; 900 and 3600
 * @param waitSeconds a wait for a lock; 60 and 120
 * @param preparedSeconds a transaction that is prepared and not ended; 300 and 86400
 * @param rollbackPercent rolled back transactions in percent of all; 10, and never fails
 */
public record PostgresStateLimits(
        Limit lagSeconds,
        Limit lagBytes,
        Limit retainedGibibytes,
        Limit transactionAge,
        Limit idleSeconds,
        Limit transactionSeconds,
        Limit waitSeconds,
        Limit preparedSeconds,
        Limit rollbackPercent) {
    private static final double MEBIBYTE = 1 << 20;

    /** The limits named above. */
    public static final PostgresStateLimits DEFAULT = new PostgresStateLimits(
            new Limit(60, 300),
            new Limit(16 * MEBIBYTE, 256 * MEBIBYTE),
            new Limit(10, 100),
            new Limit(500e6, 1e9),
            new Limit(300, 1800),
            new Limit(900, 3600),
            new Limit(60, 120),
            new Limit(300, 86_400),
            new Limit(10, 100));

    public PostgresStateLimits {
        Objects.requireNonNull(lagSeconds, "lagSeconds");
        Objects.requireNonNull(lagBytes, "lagBytes");
        Objects.requireNonNull(retainedGibibytes, "retainedGibibytes");
        Objects.requireNonNull(transactionAge, "transactionAge");
        Objects.requireNonNull(idleSeconds, "idleSeconds");
        Objects.requireNonNull(transactionSeconds, "transactionSeconds");
        Objects.requireNonNull(waitSeconds, "waitSeconds");
        Objects.requireNonNull(preparedSeconds, "preparedSeconds");
        Objects.requireNonNull(rollbackPercent, "rollbackPercent");
    }

    /** The same with other limits of a standby's lag. */
    public PostgresStateLimits lag(Limit seconds, Limit bytes) {
        return new PostgresStateLimits(
                seconds,
                bytes,
                retainedGibibytes,
                transactionAge,
                idleSeconds,
                transactionSeconds,
                waitSeconds,
                preparedSeconds,
                rollbackPercent);
    }

    /** The same with other limits of the WAL that a slot keeps. */
    public PostgresStateLimits retained(Limit gibibytes) {
        return new PostgresStateLimits(
                lagSeconds,
                lagBytes,
                gibibytes,
                transactionAge,
                idleSeconds,
                transactionSeconds,
                waitSeconds,
                preparedSeconds,
                rollbackPercent);
    }

    /** The same with other limits of the age of transaction ids. */
    public PostgresStateLimits age(Limit transactions) {
        return new PostgresStateLimits(
                lagSeconds,
                lagBytes,
                retainedGibibytes,
                transactions,
                idleSeconds,
                transactionSeconds,
                waitSeconds,
                preparedSeconds,
                rollbackPercent);
    }

    /** The same with other limits of sessions that are idle in a transaction, and of transactions. */
    public PostgresStateLimits sessions(Limit idle, Limit transaction) {
        return new PostgresStateLimits(
                lagSeconds,
                lagBytes,
                retainedGibibytes,
                transactionAge,
                idle,
                transaction,
                waitSeconds,
                preparedSeconds,
                rollbackPercent);
    }

    /** The same with other limits of a wait for a lock, and of a prepared transaction. */
    public PostgresStateLimits locks(Limit wait, Limit prepared) {
        return new PostgresStateLimits(
                lagSeconds,
                lagBytes,
                retainedGibibytes,
                transactionAge,
                idleSeconds,
                transactionSeconds,
                wait,
                prepared,
                rollbackPercent);
    }

    /** The same with other limits of the share of transactions that are rolled back. */
    public PostgresStateLimits rollbacks(Limit percent) {
        return new PostgresStateLimits(
                lagSeconds,
                lagBytes,
                retainedGibibytes,
                transactionAge,
                idleSeconds,
                transactionSeconds,
                waitSeconds,
                preparedSeconds,
                percent);
    }
}
