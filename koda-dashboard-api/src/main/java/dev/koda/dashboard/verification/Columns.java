package dev.koda.dashboard.verification;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Rows as the columns that {@code unnest} makes rows of again: one statement, however many there are. */
final class Columns {
    private Columns() {}

    /** One column; a null stays one. */
    @SuppressWarnings("NullAway") // arrays of columns hold nulls
    static <R, V> V[] of(Collection<R> rows, Function<R, @Nullable V> value, IntFunction<V[]> array) {
        var column = array.apply(rows.size());
        int i = 0;
        for (var row : rows) {
            column[i++] = value.apply(row);
        }
        return column;
    }

    /** One column of moments. */
    static <R> OffsetDateTime[] times(Collection<R> rows, Function<R, @Nullable Instant> value) {
        return of(rows, row -> timeOrNull(value.apply(row)), OffsetDateTime[]::new);
    }

    private static @Nullable OffsetDateTime timeOrNull(@Nullable Instant at) {
        return at == null ? null : time(at);
    }

    /** A moment as the driver wants it. */
    static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
