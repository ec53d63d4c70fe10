package dev.koda.dashboard.verification;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * In which order integrations are listed. Each is a number, then a text, then the id, so that a page begins behind any of
 * them whatever the others do meanwhile. The texts are cut short, because cursors carry them.
 */
enum Order {
    ID("0", "''"),
    /** By provider, and there by name. */
    PROVIDER("0", "left(lower(provider), 30) || chr(1) || left(lower(name), 60)"),
    NAME("0", "left(lower(name), 60)"),
    /** What fails first, then what has worked the least; what nothing is known of comes last. */
    HEALTH(Order.RANK, "''"),
    /** The longest p95 first, and last what has none. */
    LATENCY(Order.RANK, "''"),
    /** The longest ago first, and before it what never was. */
    VERIFIED("coalesce(date_part('epoch', verified_at) * 1000000, 0)", "''");

    /** Comes after everything that {@link Ranking} knows a place for. */
    private static final String RANK = "coalesce(rank, " + Ranking.BEHIND + ")";

    private final String number;
    private final String text;

    Order(String number, String text) {
        this.number = number;
        this.text = text;
    }

    /** The one of this word; empty for any other word. */
    static Optional<Order> of(String word) {
        return Arrays.stream(values())
                .filter(order -> order.toString().equals(word))
                .findFirst();
    }

    /** True if it goes by what a time comes to, and not by the integration alone. */
    boolean isOfTime() {
        return number.equals(RANK);
    }

    /** Two columns of a statement. The texts are compared as bytes, which no setting of a database changes. */
    String columns() {
        return "(" + number + ")::bigint AS order_number, (" + text + ") COLLATE \"C\" AS order_text";
    }

    /** In lower case, as in a query string. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
