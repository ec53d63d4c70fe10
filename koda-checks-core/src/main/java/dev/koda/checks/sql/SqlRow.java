package dev.koda.checks.sql;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row by column name, in any case. Immutable. A null in the database is null, 0 or false here, as the getter says; a
 * column that was not asked for is an {@link IllegalArgumentException}, and one of another type is one as well.
 */
public final class SqlRow {
    private final Map<String, @Nullable Object> values;

    private SqlRow(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /** A row of these values: numbers, booleans, and whatever else has a text. */
    public static SqlRow of(Map<String, ? extends @Nullable Object> values) {
        var lower = new LinkedHashMap<String, @Nullable Object>();
        values.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return new SqlRow(Collections.unmodifiableMap(lower));
    }

    /**
     * A row of columns in their order. A name that is there already gets the number of its column, as in
     * {@code ?column?2}.
     */
    public static SqlRow of(List<String> columns, List<? extends @Nullable Object> values) {
        if (columns.size() != values.size()) {
            throw new IllegalArgumentException(columns.size() + " columns with " + values.size() + " values");
        }
        var row = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < values.size(); i++) {
            var name = columns.get(i).toLowerCase(Locale.ROOT);
            row.put(row.containsKey(name) ? name + (i + 1) : name, values.get(i));
        }
        return new SqlRow(Collections.unmodifiableMap(row));
    }

    /** The names in their order, in lower case. */
    public List<String> columns() {
        return List.copyOf(values.keySet());
    }

    /** The value as the driver gives it, or null. */
    public @Nullable Object any(String column) {
        return value(column);
    }

    /** True if the value is null. */
    public boolean isNull(String column) {
        return value(column) == null;
    }

    /** The text of any value, or null. */
    public @Nullable String text(String column) {
        var value = value(column);
        return value == null ? null : value.toString();
    }

    /** The text of any value, or the given one. */
    public String text(String column, String ifNull) {
        var text = text(column);
        return text == null ? ifNull : text;
    }

    /** A whole number; 0 if it is null. */
    public long whole(String column) {
        var number = number(column);
        return number == null ? 0 : number.longValue();
    }

    /** A number; 0 if it is null. */
    public double real(String column) {
        var number = number(column);
        return number == null ? 0 : number.doubleValue();
    }

    /** A number of any kind, or null. */
    public @Nullable Number number(String column) {
        return typed(column, Number.class);
    }

    /** True if the value is true; false if it is null. */
    public boolean isTrue(String column) {
        return Boolean.TRUE.equals(typed(column, Boolean.class));
    }

    private <T> @Nullable T typed(String column, Class<T> type) {
        var value = value(column);
        if (value != null && !type.isInstance(value)) {
            throw new IllegalArgumentException("column " + column + " holds a "
                    + value.getClass().getSimpleName() + " and no " + type.getSimpleName());
        }
        return type.cast(value);
    }

    private @Nullable Object value(String column) {
        var name = column.toLowerCase(Locale.ROOT);
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException("no column " + column + " among " + values.keySet());
        }
        return values.get(name);
    }
}
