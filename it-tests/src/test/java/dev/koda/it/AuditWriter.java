package dev.koda.it;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records events as a server does, each in a transaction of its own; what was not confirmed it records again under the
 * same id, until it is. Some transactions stay open for a while: those behind them are sealed first.
 */
final class AuditWriter implements Runnable {
    private static final int HELD_EVERY = 50;
    private static final Duration HELD = Duration.ofMillis(300);
    private static final Duration SETBACK = Duration.ofMillis(200);

    private final RestartablePostgres postgres;
    private final Set<String> confirmed;
    private final BooleanSupplier isMore;
    private final Duration pause;
    private @Nullable Connection connection;

    AuditWriter(RestartablePostgres postgres, Set<String> confirmed, BooleanSupplier isMore, Duration pause) {
        this.postgres = postgres;
        this.confirmed = confirmed;
        this.isMore = isMore;
        this.pause = pause;
    }

    @Override
    public void run() {
        for (int i = 1; isMore.getAsBoolean(); i++) {
            var id = UUID.randomUUID();
            boolean isRepeated = false;
            while (!record(id, isRepeated, i % HELD_EVERY == 0)) {
                isRepeated = true;
                LockSupport.parkNanos(SETBACK.toNanos());
            }
            confirmed.add(id.toString());
            LockSupport.parkNanos(pause.toNanos());
        }
        close();
    }

    private boolean record(UUID id, boolean isRepeated, boolean isHeld) {
        try {
            var open = connection == null ? postgres.connect() : connection;
            connection = open;
            open.setAutoCommit(false);
            try (var insert = open.prepareStatement("INSERT INTO koda_ops.audit_inbox (id, is_repeated, body)"
                    + " VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING")) {
                insert.setObject(1, id);
                insert.setBoolean(2, isRepeated);
                insert.setString(3, body(id));
                insert.executeUpdate();
            }
            if (isHeld) {
                LockSupport.parkNanos(HELD.toNanos());
            }
            open.commit();
            return true;
        } catch (SQLException unconfirmed) {
            close();
            return false;
        }
    }

    private static String body(UUID id) {
        return "{\"schema\":\"koda.audit/v1\",\"id\":\"" + id + "\",\"type\":\"security.auth_failure\","
                + "\"code\":\"KS1301\",\"time\":\"2026-11-28T10:00:00Z\",\"severity\":\"warning\","
                + "\"outcome\":\"failure\",\"source\":\"203.0.113.7\",\"node\":\"writer\"}";
    }

    private void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException gone) {
            // It was gone before.
        }
        connection = null;
    }
}
