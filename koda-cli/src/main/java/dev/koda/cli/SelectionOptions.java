package dev.koda.cli;

import dev.koda.checks.Query;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** The options that say which checks run. */
final class SelectionOptions {
    @Option(
            names = "--only",
            paramLabel = "GLOB",
            split = ",",
            completionCandidates = CheckIdCandidates.class,
            description = "Only these checks and what they depend on, such as 'postgres.*'.")
    private List<String> only = List.of();

    @Option(
            names = "--skip",
            paramLabel = "GLOB",
            split = ",",
            completionCandidates = CheckIdCandidates.class,
            description = "Not these checks, such as 'disk.*'.")
    private List<String> skip = List.of();

    @Option(names = "--strict", description = "With the hardening checks, which ask for more than a working stack.")
    private boolean isStrict;

    @Option(names = "--no-write", description = "Without checks that write, even if they remove it again.")
    private boolean isReadOnly;

    @Option(names = "--offline", description = "Without checks that ask a provider on the Internet.")
    private boolean isOffline;

    /** What to ask this engine for. */
    Query query(CheckEngine engine, Duration limit) {
        var query = Query.of(Suite.DOCTOR).only(only).skip(skip).deadline(limit).freshOnly();
        query = isReadOnly ? query.withoutWrites() : query;
        query = isOffline ? query.withoutProviders() : query;
        boolean isHardened = isStrict && !engine.checks(Suite.HARDENING).isEmpty();
        return isHardened ? query.with(Suite.HARDENING) : query;
    }

    /** True if a server cannot be asked for it. */
    boolean isForHereOnly() {
        return isReadOnly || isOffline;
    }

    /** The same for a server: a query string with its question mark, or nothing. */
    String parameters(UnaryOperator<String> encoding) {
        var parameters = new ArrayList<String>();
        only.forEach(glob -> parameters.add("only=" + encoding.apply(glob)));
        skip.forEach(glob -> parameters.add("skip=" + encoding.apply(glob)));
        if (isStrict) {
            parameters.add("strict=true");
        }
        return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    }
}
