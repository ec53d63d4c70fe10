package dev.koda.cli;

import dev.koda.checks.CheckResult;
import dev.koda.cli.proposal.ProposedCheck;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A kind of check that {@code koda checks add} can measure and write.
 *
 * @param key the key in koda.yaml, which is the name of the command too
 * @param label what a caller gives, such as {@code HOST:PORT}
 * @param asks what the check is about, for the help
 * @param example arguments for the help
 * @param isMany whether several words are given
 * @param reader takes the words of the caller
 * @param seen puts into the check what was measured of it
 */
record AddedKind(
        String key,
        String label,
        String asks,
        String example,
        boolean isMany,
        Function<List<String>, Asked> reader,
        BiFunction<ProposedCheck, CheckResult, ProposedCheck> seen) {
    /** The same with something to learn from a measurement. */
    AddedKind seeing(BiFunction<ProposedCheck, CheckResult, ProposedCheck> what) {
        return new AddedKind(key, label, asks, example, isMany, reader, what);
    }

    /**
     * What a caller wants to be asked.
     *
     * @param name what an id can be made of
     * @param keys those under the kind in koda.yaml
     * @param measured the same for the first time, when nobody knows yet what will come
     */
    record Asked(String name, Map<String, Object> keys, Map<String, Object> measured) {
        Asked(String name, Map<String, Object> keys) {
            this(name, keys, keys);
        }
    }

    /** Why the words of the caller cannot be used; holds none that may be secret. */
    static final class UnusableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message, null, false, false);
        }
    }
}
