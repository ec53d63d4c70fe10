package dev.koda.checks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to run: a suite, narrowed by globs, within one deadline. Immutable.
 *
 * <p>A glob is an id in which {@code *} stands for any characters, such as {@code postgres.*}; it is held against
 * {@code disk.space} and {@code disk.space[STATE_ROOT_DIR]}. What a selected check depends on is selected with it.
 *
 * @param suite the suite that the report is named for
 * @param more suites whose checks are added
 * @param only globs of which one must match; empty for all
 * @param skip globs of which none may match; what they match is listed under {@code skipped}
 * @param deadline the limit for the whole run, or null for the checks' own time-outs alone
 * @param stale whether a result past its ttl may answer, with its age, while a new one is made behind
 * @param again whether every check is evaluated, whatever is known about it
 * @param readOnly whether what writes is left out, and listed under {@code skipped}
 * @param offline whether what asks a provider on the Internet is left out, and listed under {@code skipped}
 */
public record Query(
        Suite suite,
        List<Suite> more,
        List<String> only,
        List<String> skip,
        @Nullable Duration deadline,
        boolean stale,
        boolean again,
        boolean readOnly,
        boolean offline) {
    public Query {
        Objects.requireNonNull(suite, "suite");
        more = List.copyOf(more);
        only = List.copyOf(only);
        skip = List.copyOf(skip);
        if (deadline != null && (deadline.isNegative() || deadline.isZero())) {
            throw new IllegalArgumentException("deadline must be positive, not " + deadline);
        }
    }

    /** All of a suite. */
    public static Query of(Suite suite) {
        return new Query(suite, List.of(), List.of(), List.of(), null, true, false, false, false);
    }

    /** With the checks of another suite too; the report keeps the first one's name. */
    public Query with(Suite suite) {
        var suites = new ArrayList<>(more);
        suites.add(suite);
        return new Query(this.suite, suites, only, skip, deadline, stale, again, readOnly, offline);
    }

    /** Only what one of these globs matches. */
    public Query only(List<String> globs) {
        return new Query(suite, more, globs, skip, deadline, stale, again, readOnly, offline);
    }

    /** Without what one of these globs matches. */
    public Query skip(List<String> globs) {
        return new Query(suite, more, only, globs, deadline, stale, again, readOnly, offline);
    }

    /** Answered within this time, with a partial report that names the late ones. */
    public Query deadline(Duration limit) {
        return new Query(suite, more, only, skip, limit, stale, again, readOnly, offline);
    }

    /** Only results younger than their ttl are reused. */
    public Query freshOnly() {
        return new Query(suite, more, only, skip, deadline, false, again, readOnly, offline);
    }

    /** Every check is evaluated: no result from before the question answers. What runs already is joined. */
    public Query anew() {
        return new Query(suite, more, only, skip, deadline, false, true, readOnly, offline);
    }

    /** Without what writes, even if it removes it again. */
    public Query withoutWrites() {
        return new Query(suite, more, only, skip, deadline, stale, again, true, offline);
    }

    /** Without what asks a provider on the Internet. */
    public Query withoutProviders() {
        return new Query(suite, more, only, skip, deadline, stale, again, readOnly, true);
    }

    /** True if it selects all of one suite. */
    public boolean isWhole() {
        return more.isEmpty() && only.isEmpty() && skip.isEmpty() && !readOnly && !offline;
    }
}
