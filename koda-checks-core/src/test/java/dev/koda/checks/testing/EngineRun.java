package dev.koda.checks.testing;

import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Query;
import dev.koda.checks.Report;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs checks once in a real engine and waits, for tests. */
public final class EngineRun {
    private EngineRun() {}

    /** The report of these checks, in the suite of the first. */
    public static Report report(List<CheckSpec> specs) {
        var suites = specs.get(0).suites();
        var suite =
                suites.contains(Suite.DOCTOR) ? Suite.DOCTOR : suites.iterator().next();
        try (var engine = CheckEngine.builder().checks(specs).build()) {
            return engine.run(Query.of(suite).freshOnly()).toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception noReport) {
            throw new AssertionError("no report", noReport);
        }
    }

    /** The result of one check that depends on nothing. */
    public static CheckResult result(CheckSpec spec) {
        return report(List.of(spec)).checks().get(0);
    }

    /** The result of that name in a report that has one. */
    public static CheckResult named(Report report, String name) {
        return report.checks().stream()
                .filter(result -> result.id().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in the report"));
    }
}
