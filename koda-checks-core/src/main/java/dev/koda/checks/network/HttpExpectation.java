package dev.koda.checks.network;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer must be. Immutable.
 *
 * @param statuses one of these
 * @param headers for each name a text that its value must hold, without regard to case
 * @param contains a text that the body must hold, or null
 * @param matches a pattern that must be found in the body, or null
 * @param values by JSON pointer (RFC 6901), the text of the value that must stand there
 */
public record HttpExpectation(
        List<StatusRange> statuses,
        Map<String, String> headers,
        @Nullable String contains,
        @Nullable Pattern matches,
        Map<String, String> values) {
    /** Any status of success, whatever comes with it. */
    public static final HttpExpectation SUCCESS =
            new HttpExpectation(List.of(new StatusRange(200, 299)), Map.of(), null, null, Map.of());

    /**
     * @throws IllegalArgumentException if there is no status, or a key of {@code values} is no JSON pointer
     */
    public HttpExpectation {
        statuses = List.copyOf(statuses);
        headers = Map.copyOf(headers);
        values = Map.copyOf(values);
        if (statuses.isEmpty()) {
            throw new IllegalArgumentException("at least one status must be expected");
        }
        values.keySet().forEach(JsonPointer::compile);
    }

    /**
     * Statuses in a row.
     *
     * @param first from 100
     * @param last to 599, included
     */
    public record StatusRange(int first, int last) {
        public StatusRange {
            if (first < 100 || last > 599 || first > last) {
                throw new IllegalArgumentException("statuses are from 100 to 599, not " + first + " to " + last);
            }
        }

        /** Exactly one. */
        public static StatusRange of(int status) {
            return new StatusRange(status, status);
        }

        boolean holds(int status) {
            return first <= status && status <= last;
        }

        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + " to " + last;
        }
    }
}
