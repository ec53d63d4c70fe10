package dev.koda.checks.engine;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Report;
import dev.koda.checks.Service;
import dev.koda.checks.Skipped;
import dev.koda.checks.Suite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects results and what is skipped, both in declared order. */
final class ReportDraft {
    /** A skipped check and its position in declared order. */
    record Skip(int order, Skipped skipped) {}

    private final List<CheckResult> checks;
    private final List<Skip> declared;
    private List<Skip> found = List.of();

    ReportDraft(int size, List<Skip> declared) {
        checks = new ArrayList<>(size);
        this.declared = declared;
    }

    void add(CheckResult result) {
        checks.add(result);
    }

    void skip(int order, CheckId id, String why) {
        if (found.isEmpty()) {
            found = new ArrayList<>();
        }
        found.add(new Skip(order, new Skipped(id, why)));
    }

    Report toReport(Suite suite, Service service, Instant at, Duration took) {
        return Report.of(suite, service, at, took, checks, skipped());
    }

    private List<Skipped> skipped() {
        if (declared.isEmpty() && found.isEmpty()) {
            return List.of();
        }
        var all = new ArrayList<>(declared);
        all.addAll(found);
        all.sort(Comparator.comparingInt(Skip::order));
        return all.stream().map(Skip::skipped).toList();
    }
}
