package dev.koda.checks.postgres.state;

import java.util.Objects;

/**
 * Where the checks of a Postgres begin to complain. Where the numbers come from stands in {@code docs/checks.md}.
 *
 * @param connectionsPercent connections in use in percent of those that are not reserved; 80 and 95
 * @param lagSeconds a standby behind by this, and by {@code lagBytes} as well; 60 and 300
 * @param lagBytes a standby behind by this, and by {@code lagSeconds} as well; 16 and 256 MiB
 * @param retainedGibibytes WAL that a slot keeps; 10 and 100 GiB
 * @param inactiveMinutes a slot that nobody reads; 30, and never fails
 * @param transactionAge age of the oldest transaction id in transactions; 500 million and 1 billion
 * @param idleSeconds a session idle in its transaction; 300 and 1800
 * @param transactionSeconds a transaction; 900 and 3600
 * @param waitSeconds a wait for a lock; 60 and 120
 * @param preparedSeconds a transaction that is prepared and not ended; 300 and 86400
 * @param rollbackPercent rolled back transactions in percent of all; 10, and never fails
 * @param deadlocksAMinute over half a minute at least; 5, and never fails
 */
public record PostgresStateLimits(
        Limit connectionsPercent,
        Limit lagSeconds,
        Limit lagBytes,
        Limit retainedGibibytes,
        Limit inactiveMinutes,
        Limit transactionAge,
        Limit idleSeconds,
        Limit transactionSeconds,
        Limit waitSeconds,
        Limit preparedSeconds,
        Limit rollbackPercent,
        Limit deadlocksAMinute) {
    private static final double MEBIBYTE = 1 << 20;

    /** The limits named above. */
    public static final PostgresStateLimits DEFAULT = new PostgresStateLimits(
            new Limit(80, 95),
            new Limit(60, 300),
            new Limit(16 * MEBIBYTE, 256 * MEBIBYTE),
            new Limit(10, 100),
            Limit.warnOnly(30),
            new Limit(500e6, 1e9),
            new Limit(300, 1800),
            new Limit(900, 3600),
            new Limit(60, 120),
            new Limit(300, 86_400),
            new Limit(10, 100),
            Limit.warnOnly(5));

    public PostgresStateLimits {
        Objects.requireNonNull(connectionsPercent, "connectionsPercent");
        Objects.requireNonNull(lagSeconds, "lagSeconds");
        Objects.requireNonNull(lagBytes, "lagBytes");
        Objects.requireNonNull(retainedGibibytes, "retainedGibibytes");
        Objects.requireNonNull(inactiveMinutes, "inactiveMinutes");
        Objects.requireNonNull(transactionAge, "transactionAge");
        Objects.requireNonNull(idleSeconds, "idleSeconds");
        Objects.requireNonNull(transactionSeconds, "transactionSeconds");
        Objects.requireNonNull(waitSeconds, "waitSeconds");
        Objects.requireNonNull(preparedSeconds, "preparedSeconds");
        Objects.requireNonNull(rollbackPercent, "rollbackPercent");
        Objects.requireNonNull(deadlocksAMinute, "deadlocksAMinute");
    }

    /** The same with other limits of the share of connections that are in use. */
    public PostgresStateLimits connections(Limit percent) {
        return new PostgresStateLimits(
                percent,
                lagSeconds,
                lagBytes,
                retainedGibibytes,
                inactiveMinutes,
                transactionAge,
                idleSeconds,
                transactionSeconds,
                waitSeconds,
                preparedSeconds,
                rollbackPercent,
                deadlocksAMinute);
    }

    /** The same with other limits of a standby's lag. */
    public PostgresStateLimits lag(Limit seconds, Limit bytes) {
        return new PostgresStateLimits(
                connectionsPercent,
                seconds,
                bytes,
                retainedGibibytes,
                inactiveMinutes,
                transactionAge,
                idleSeconds,
                transactionSeconds,
                waitSeconds,
                preparedSeconds,
                rollbackPercent,
                deadlocksAMinute);
    }

    /** The same with other limits of the WAL that a slot keeps, and of a slot that nobody reads. */
    public PostgresStateLimits slots(Limit gibibytes, Limit minutes) {
        return new PostgresStateLimits(
                connectionsPercent,
                lagSeconds,
                lagBytes,
                gibibytes,
                minutes,
                transactionAge,
                idleSeconds,
                transactionSeconds,
                waitSeconds,
                preparedSeconds,
                rollbackPercent,
                deadlocksAMinute);
    }

    /** The same with other limits of the age of transaction ids. */
    public PostgresStateLimits age(Limit transactions) {
        return new PostgresStateLimits(
                connectionsPercent,
                lagSeconds,
                lagBytes,
                retainedGibibytes,
                inactiveMinutes,
                transactions,
                idleSeconds,
                transactionSeconds,
                waitSeconds,
                preparedSeconds,
                rollbackPercent,
                deadlocksAMinute);
    }

    /** The same with other limits of sessions that are idle in a transaction, and of transactions. */
    public PostgresStateLimits sessions(Limit idle, Limit transaction) {
        return new PostgresStateLimits(
                connectionsPercent,
                lagSeconds,
                lagBytes,
                retainedGibibytes,
                inactiveMinutes,
                transactionAge,
                idle,
                transaction,
                waitSeconds,
                preparedSeconds,
                rollbackPercent,
                deadlocksAMinute);
    }

    /** The same with other limits of a wait for a lock, and of a prepared transaction. */
    public PostgresStateLimits locks(Limit wait, Limit prepared) {
        return new PostgresStateLimits(
                connectionsPercent,
                lagSeconds,
                lagBytes,
                retainedGibibytes,
                inactiveMinutes,
                transactionAge,
                idleSeconds,
                transactionSeconds,
                wait,
                prepared,
                rollbackPercent,
                deadlocksAMinute);
    }

    /** The same with other limits of the share of transactions that are rolled back, and of deadlocks. */
    public PostgresStateLimits transactions(Limit percent, Limit deadlocks) {
        return new PostgresStateLimits(
                connectionsPercent,
                lagSeconds,
                lagBytes,
                retainedGibibytes,
                inactiveMinutes,
                transactionAge,
                idleSeconds,
                transactionSeconds,
                waitSeconds,
                preparedSeconds,
                percent,
                deadlocks);
    }
}
