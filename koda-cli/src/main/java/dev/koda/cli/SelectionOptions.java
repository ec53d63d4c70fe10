package dev.koda.cli;

import dev.koda.checks.Query;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say which checks run. */
final class SelectionOptions {
    @Option(
            names = "--only",
            paramLabel = "GLOB",
            split = ",",
            description = "Only these checks and what they depend on, such as 'postgres.*'.")
    private List<String> only = List.of();

    @Option(names = "--skip", paramLabel = "GLOB", split = ",", description = "Not these checks, such as 'disk.*'.")
    private List<String> skip = List.of();

    @Option(names = "--strict", description = "With the hardening checks, which ask for more than a working stack.")
    private boolean isStrict;

    /** What to ask this engine for. */
    Query query(CheckEngine engine, Duration limit) {
        var query = Query.of(Suite.DOCTOR).only(only).skip(skip).deadline(limit).freshOnly();
        boolean isHardened = isStrict && !engine.checks(Suite.HARDENING).isEmpty();
        return isHardened ? query.with(Suite.HARDENING) : query;
    }
}
