package dev.koda.dashboard;

import dev.koda.checks.TimeSource;
import dev.koda.checks.meters.StateSamples;
import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.sessions.SessionOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the operations surface is served. Immutable; start from {@link #of} and change what differs.
 *
 * @param access who comes in, beside the operators
 * @param time for limits and duties, and its executor to begin checks on, since one may block by mistake
 * @param deadline how long a doctor run may take before the report is partial
 * @param cursors for places in listings; servers that share a store should share their key
 * @param state where what is to be remembered is kept; null if nothing is
 * @param watched what of the process is watched
 * @param figures where the numbers of the surface are published; null if nowhere
 * @param duties what the server does with the store besides; closed with the surface
 */
public record OperationsOptions(
        SessionOptions access,
        TimeSource time,
        Duration deadline,
        Cursors cursors,
        @Nullable StateOptions state,
        Watched watched,
        @Nullable StateSamples figures,
        List<StoreDuty> duties) {
    /** What the doctor gets when nobody says otherwise: the slowest check's time-out and some more. */
    public static final Duration DEADLINE = Duration.ofSeconds(15);

    public OperationsOptions {
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(cursors, "cursors");
        Objects.requireNonNull(watched, "watched");
        duties = List.copyOf(duties);
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline must be positive, not " + deadline);
        }
    }

    /** With the usual deadline, cursors that end with the process, and remembering nothing. */
    public static OperationsOptions of(SessionOptions access, TimeSource time) {
        return new OperationsOptions(
                access, time, DEADLINE, Cursors.ofThisProcess(), null, Watched.nothing(time), null, List.of());
    }

    /** The same with another deadline of the doctor. */
    public OperationsOptions deadline(Duration longest) {
        return new OperationsOptions(access, time, longest, cursors, state, watched, figures, duties);
    }

    /** The same with a memory. */
    public OperationsOptions state(@Nullable StateOptions options) {
        return new OperationsOptions(access, time, deadline, cursors, options, watched, figures, duties);
    }

    /** The same with cursors that outlive the process. */
    public OperationsOptions cursors(Cursors signed) {
        return new OperationsOptions(access, time, deadline, signed, state, watched, figures, duties);
    }

    /** The same, watching this. */
    public OperationsOptions watched(Watched process) {
        return new OperationsOptions(access, time, deadline, cursors, state, process, figures, duties);
    }

    /** The same, publishing its numbers there. */
    public OperationsOptions figures(StateSamples samples) {
        return new OperationsOptions(access, time, deadline, cursors, state, watched, samples, duties);
    }

    /** The same with these duties. */
    public OperationsOptions duties(List<StoreDuty> besides) {
        return new OperationsOptions(access, time, deadline, cursors, state, watched, figures, besides);
    }
}
