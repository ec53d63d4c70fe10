package dev.koda.dashboard.verification;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one result changes about its subject. Pure: the same state and result give the same step.
 *
 * @param after where the subject stands then
 * @param ended the interval that the result ended, or null
 * @param incident the incident that it began, went on with or closed, or null
 * @param marks what became another with it
 */
record Step(State after, @Nullable Interval ended, @Nullable Incident incident, List<Mark> marks) {
    /**
     * An incident as it is to be stored.
     *
     * @param closedAt null while it is open
     * @param reason of the first result; counts only for a new one
     * @param message likewise
     */
    record Incident(
            Instant openedAt,
            @Nullable Instant closedAt,
            @Nullable String reason,
            @Nullable String message,
            int failures) {}

    /** What became another. */
    enum Mark {
        /** The credential, from this result on. */
        ROTATION("another credential from here on"),
        /** The configuration, from this result on. */
        CONFIGURATION("another configuration from here on");

        private final String text;

        Mark(String text) {
            this.text = text;
        }

        /** For people. */
        String text() {
            return text;
        }

        /** In lower case, as in JSON and in the store. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The step of a result that began after the last one, or with it.
     *
     * @param before null if it is the first
     */
    static Step of(@Nullable State before, Verification result) {
        var incident = incident(before, result);
        var open = incident == null || incident.closedAt() != null
                ? null
                : new State.Open(incident.openedAt(), incident.failures());
        var goesOn = incident == null && before != null ? before.incident() : open;
        var credential = result.credential();
        var revision = result.revision();
        var after = new State(
                result.startedAt(),
                interval(before, result),
                result.reason(),
                result.message(),
                credential == null && before != null ? before.credential() : credential,
                revision == null && before != null ? before.revision() : revision,
                goesOn);
        return new Step(after, ended(before, result), incident, marks(before, result));
    }

    private static boolean isSame(State before, Verification result) {
        return before.interval().standing() == result.standing()
                && !result.startedAt().isAfter(before.interval().until());
    }

    private static Interval interval(@Nullable State before, Verification result) {
        if (before == null || !isSame(before, result)) {
            return new Interval(result.startedAt(), result.until(), result.standing(), result.reason(), 1);
        }
        var goesOn = before.interval();
        var until = goesOn.until().isAfter(result.until()) ? goesOn.until() : result.until();
        return new Interval(goesOn.since(), until, goesOn.standing(), goesOn.reason(), goesOn.runs() + 1);
    }

    /** One that had vouched for longer than until this result is cut; after a gap there is nothing to cut. */
    private static @Nullable Interval ended(@Nullable State before, Verification result) {
        if (before == null
                || isSame(before, result)
                || !before.interval().until().isAfter(result.startedAt())) {
            return null;
        }
        var cut = before.interval();
        return new Interval(cut.since(), result.startedAt(), cut.standing(), cut.reason(), cut.runs());
    }

    /** What is unknown neither begins an incident nor ends one. */
    private static @Nullable Incident incident(@Nullable State before, Verification result) {
        var open = before == null ? null : before.incident();
        if (result.standing() == Standing.FAIL) {
            return open == null
                    ? new Incident(result.startedAt(), null, result.reason(), result.message(), 1)
                    : new Incident(open.since(), null, null, null, open.failures() + 1);
        }
        return open != null && result.standing().isUp()
                ? new Incident(open.since(), result.startedAt(), null, null, open.failures())
                : null;
    }

    private static List<Mark> marks(@Nullable State before, Verification result) {
        var marks = new ArrayList<Mark>();
        var credential = result.credential();
        if (before != null && credential != null && credential.isOther(before.credential())) {
            marks.add(Mark.ROTATION);
        }
        var revision = result.revision();
        if (before != null && revision != null && before.revision() != null && !revision.equals(before.revision())) {
            marks.add(Mark.CONFIGURATION);
        }
        return List.copyOf(marks);
    }
}
