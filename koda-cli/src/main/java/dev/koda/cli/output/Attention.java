package dev.koda.cli.output;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Report;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What somebody has to look at: failures before warnings, and first of them what keeps most others from running. */
final class Attention {
    private Attention() {}

    static List<CheckResult> of(Report report) {
        return Stream.concat(marked(report, Mark.FAIL), marked(report, Mark.WARN))
                .toList();
    }

    private static Stream<CheckResult> marked(Report report, Mark mark) {
        return report.checks().stream()
                .filter(result -> Mark.of(result) == mark)
                .sorted(Comparator.comparingLong(result -> -waitingFor(result, report)));
    }

    /** How many checks were not run because of this one. */
    static long waitingFor(CheckResult cause, Report report) {
        return report.checks().stream()
                .map(CheckResult::rootCause)
                .filter(root -> root != null && cause.id().isCoveredBy(root))
                .count();
    }
}
