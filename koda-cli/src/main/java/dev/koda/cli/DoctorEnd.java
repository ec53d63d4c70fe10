package dev.koda.cli;

import dev.koda.checks.Report;
import dev.koda.checks.Status;

/** What a report comes to for a caller: an exit code, and a sentence that says why. */
final class DoctorEnd {
    private static final int MOST_NAMES = 3;

    private final Outputs outputs;
    private final FailOn failOn;

    DoctorEnd(Outputs outputs, FailOn failOn) {
        this.outputs = outputs;
        this.failOn = failOn;
    }

    /** True if the exit code of this report is 0. */
    boolean isGood(Report report) {
        return ExitCode.of(report.status(), failOn) == ExitCode.PASS;
    }

    /** Says why the code is not 0, if it is not; the code. */
    int say(Report report, Shell shell) {
        var lost = outputs.lost();
        var code = lost.isEmpty() ? ExitCode.of(report.status(), failOn) : ExitCode.INTERNAL;
        int number = outputs.isPlugin() ? PluginCodes.of(code) : code.code();
        if (!lost.isEmpty()) {
            shell.say("koda doctor: exit " + number + ": " + lost.get(0) + " could not be written; is its disk full?");
        } else if (code != ExitCode.PASS) {
            shell.say("koda doctor: exit " + number + ", " + words(report));
        }
        return number;
    }

    /** Status and the first few that made it, by name: {@code fail: postgres.tcp and 3 more}. */
    static String words(Report report) {
        var status = report.status().wireName();
        var names = report.checks().stream()
                .filter(result -> report.status() == Status.FAIL
                        ? report.isFailedBy(result)
                        : result.status() != Status.PASS && !result.isNotRun())
                .map(result -> result.id().toString())
                .toList();
        if (names.isEmpty()) {
            return status;
        }
        var first = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        return status + ": " + first
                + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "");
    }
}
