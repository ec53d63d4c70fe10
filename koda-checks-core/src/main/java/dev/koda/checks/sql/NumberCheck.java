package dev.koda.checks.sql;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.Threshold;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Is the number that a query gives within its limits? */
final class NumberCheck implements Check {
    private static final int LONGEST_LABEL = 80;
    private static final int MOST_COLUMNS = 2;
    /** Enough for every count, and no tail of a division. */
    private static final MathContext SHOWN = new MathContext(15);

    private final String query;
    private final NumberLimits limits;
    private final SqlQueries queries;

    NumberCheck(String query, NumberLimits limits, SqlQueries queries) {
        this.query = query;
        this.limits = limits;
        this.queries = queries;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return queries.judge(context, query, this::judge);
    }

    private Outcome judge(List<SqlRow> rows) {
        if (rows.isEmpty()) {
            return unusable("no_rows", "the query gives no row, expected one");
        }
        if (rows.size() > 1) {
            return unusable("many_rows", "the query gives more than one row, expected one");
        }
        var columns = rows.get(0).columns();
        if (columns.isEmpty() || columns.size() > MOST_COLUMNS) {
            return unusable(
                    "unexpected_columns",
                    "the query gives " + columns.size() + " columns, expected a number and at most a text");
        }
        return judge(rows.get(0), columns);
    }

    private Outcome judge(SqlRow row, List<String> columns) {
        var value = row.any(columns.get(0));
        if (value == null) {
            return unusable("null_value", "the query gives null, expected a number");
        }
        if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
            return unusable("not_a_number", "the first column is no number, expected one");
        }
        return judge(number, columns.size() > 1 ? row.text(columns.get(1)) : null);
    }

    private Outcome judge(Number number, @Nullable String label) {
        double value = number.doubleValue();
        var threshold = new Threshold("value", limits.direction(), limits.unit(), limits.warn(), limits.fail());
        var status = threshold.judge(value);
        var crossed = status == Status.FAIL || limits.warn() == null ? limits.fail() : limits.warn();
        var seen = plain(value) + " " + limits.unit() + named(label);
        var outcome = Outcome.of(
                        status, crossed == null ? seen : seen + ", limit " + plain(crossed) + " " + limits.unit())
                .observed("value", value, limits.unit())
                .threshold(threshold);
        return status == Status.PASS
                ? outcome
                : outcome.reason(limits.direction() == Threshold.Direction.ABOVE ? "above_limit" : "below_limit")
                        .hint("run the query of this check, and look at what it counts");
    }

    private static String named(@Nullable String label) {
        if (label == null || label.isBlank()) {
            return "";
        }
        var text = label.strip();
        return " (" + (text.length() <= LONGEST_LABEL ? text : text.substring(0, LONGEST_LABEL) + "...") + ")";
    }

    private static String plain(double number) {
        return new BigDecimal(number, SHOWN).stripTrailingZeros().toPlainString();
    }

    private static Outcome unusable(String reason, String message) {
        return Outcome.fail(message)
                .reason(reason)
                .hint("let the query give one row: a number, and a text if it wants to name something");
    }
}
