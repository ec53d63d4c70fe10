package dev.koda.server.collectors;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Rows of one table as Java knows them, to be put there and to be reckoned with, independently of any SQL. */
record Rows(String table, List<Map<String, @Nullable Object>> all) {
    /** A row, as names and values in turns; a value may be null. */
    static Map<String, @Nullable Object> row(@Nullable Object... namesAndValues) {
        var row = new HashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return row;
    }

    /** Puts them into the table, in their order. */
    void insert(KodaPostgres postgres) {
        if (all.isEmpty()) {
            return;
        }
        var json = new JsonArray();
        all.forEach(row -> json.add(new JsonObject(new HashMap<>(row))));
        var columns = String.join(", ", all.get(0).keySet());
        postgres.execute("INSERT INTO knowledge_v2." + table + " (" + columns + ") SELECT " + columns
                + " FROM jsonb_populate_recordset(NULL::knowledge_v2." + table + ", '"
                + json.encode().replace("'", "''") + "')");
    }

    Rows where(Predicate<Map<String, @Nullable Object>> condition) {
        return new Rows(table, all.stream().filter(condition).toList());
    }

    /** How many there are by these columns. */
    Map<List<String>, Double> count(String... columns) {
        return sum(
                row -> 1,
                Arrays.stream(columns)
                        .<Function<Map<String, @Nullable Object>, String>>map(column -> row -> text(row, column))
                        .toList());
    }

    /** The sum of the amounts by what the functions say. */
    Map<List<String>, Double> sum(
            ToDoubleFunction<Map<String, @Nullable Object>> amount,
            List<Function<Map<String, @Nullable Object>, String>> labels) {
        var sums = new HashMap<List<String>, Double>();
        for (var row : all) {
            var key = new ArrayList<String>();
            labels.forEach(label -> key.add(label.apply(row)));
            sums.merge(key, amount.applyAsDouble(row), Double::sum);
        }
        return sums;
    }

    static String text(Map<String, @Nullable Object> row, String column) {
        return String.valueOf(row.get(column));
    }

    static double number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number number ? number.doubleValue() : 0;
    }
}
