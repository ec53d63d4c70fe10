package dev.koda.dashboard.audit;

import dev.koda.dashboard.http.Refusal;
import org.jspecify.annotations.Nullable;

/** The parameter {@code limit} of a listing: how many items it shows at most. */
record PageLimit(int usual, int most) {
    /**
     * The number that is asked for; the usual one without.
     *
     * @throws Refusal 400 if it is none from 1 to the most
     */
    int of(@Nullable String count) {
        if (count == null) {
            return usual;
        }
        if (!count.matches("[1-9]\\d{0,2}") || Integer.parseInt(count) > most) {
            throw Refusal.of(400, "limit is a number from 1 to " + most);
        }
        return Integer.parseInt(count);
    }
}
