package dev.koda.dashboard;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a client wants to know.
 *
 * @param cached what the schedule found, without running anything
 * @param strict with the hardening checks
 * @param stable without times and measured values
 * @param only globs of which one must match; empty for all
 * @param skip globs of which none may match
 */
record DoctorRequest(boolean cached, boolean strict, boolean stable, List<String> only, List<String> skip) {
    private static final Set<String> KNOWN = new TreeSet<>(Set.of("cached", "strict", "stable", "only", "skip"));

    /**
     * Reads the query string. A parameter that is not known is an error, because a typo must not change what is asked
     * without a word.
     *
     * @throws IllegalArgumentException with a sentence for the client
     */
    static DoctorRequest of(MultiMap parameters) {
        for (var name : parameters.names()) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("unknown parameter; known are " + String.join(", ", KNOWN));
            }
        }
        var request = new DoctorRequest(
                flag(parameters, "cached"),
                flag(parameters, "strict"),
                flag(parameters, "stable"),
                globs(parameters, "only"),
                globs(parameters, "skip"));
        if (request.cached && (request.strict || request.isNarrowed())) {
            throw new IllegalArgumentException(
                    "cached=true answers what the schedule found as it is; strict, only and skip need a run");
        }
        return request;
    }

    boolean isNarrowed() {
        return !only.isEmpty() || !skip.isEmpty();
    }

    private static boolean flag(MultiMap parameters, String name) {
        var value = parameters.get(name);
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw new IllegalArgumentException(name + " is true or false");
    }

    private static List<String> globs(MultiMap parameters, String name) {
        return parameters.getAll(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(glob -> !glob.isEmpty())
                .toList();
    }
}
