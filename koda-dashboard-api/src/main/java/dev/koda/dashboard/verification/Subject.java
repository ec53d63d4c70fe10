package dev.koda.dashboard.verification;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * What results are of.
 *
 * @param id unique among all of the store
 * @param type which of the two it is
 * @param kind a word such as {@code provider}, {@code http} or {@code disk}
 * @param name for people
 * @param origin where it is declared, or on which server it is
 * @param every how often it has a result
 */
record Subject(String id, Type type, String kind, String name, String origin, Duration every) {
    /** The two of them. */
    enum Type {
        INTEGRATION,
        /** A check of the doctor on one server. */
        DOCTOR;

        /** In lower case, as in the store. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Subject {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(every, "every");
    }

    /** The id of a check of the doctor on a server. */
    static String doctorId(String node, String check) {
        return node + "/" + check;
    }
}
