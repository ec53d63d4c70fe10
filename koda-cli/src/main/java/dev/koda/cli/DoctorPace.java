package dev.koda.cli;

import dev.koda.checks.Report;
import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.function.Consumer;

/** How often a doctor runs: until it is content, or again and again. */
final class DoctorPace {
    /** The first pauses are short, because a service that starts is often there in a moment. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /** Less time than this tells how slow the machine is, and nothing about the stack. */
    private static final Duration SHORTEST_RUN = Duration.ofSeconds(1);

    private final DoctorRun run;
    private final DoctorEnd end;
    private final Duration limit;
    private final Shell shell;
    private final TimeSource time;

    /**
     * @param limit how long one run may take
     */
    DoctorPace(DoctorRun run, DoctorEnd end, Duration limit, Shell shell, TimeSource time) {
        this.run = run;
        this.end = end;
        this.limit = limit;
        this.shell = shell;
        this.time = time;
    }

    /** Runs once. */
    Report once() {
        return run.next(limit);
    }

    /**
     * Runs until the exit code is 0 or the time is over, and says on standard error what each run came to.
     *
     * @return the last report
     * @throws DoctorException if the last run had none, or none can ever have one
     */
    Report untilGood(Duration within) {
        long begin = time.nanos();
        var pause = SHORTEST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            var left = within.minusNanos(time.nanos() - begin);
            var mostly = left.compareTo(SHORTEST_RUN) < 0 ? SHORTEST_RUN : left;
            boolean isLast = left.compareTo(pause.plus(SHORTEST_RUN)) < 0;
            try {
                var report = run.next(shorter(limit, mostly));
                say(attempt, begin, DoctorEnd.words(report));
                if (end.isGood(report) || isLast) {
                    return report;
                }
            } catch (DoctorException none) {
                if (none.code() != ExitCode.FAIL || isLast) {
                    throw none;
                }
                say(attempt, begin, none.sentence());
            }
            run.pause(pause);
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    private void say(int attempt, long begin, String words) {
        long seconds = Duration.ofNanos(time.nanos() - begin).toSeconds();
        shell.say("koda doctor: attempt " + attempt + " after " + seconds + " s: " + words);
    }

    /** Runs at that distance from start to start, until the process is told to end. */
    Report forEver(Duration every, Consumer<Report> print) {
        while (true) {
            long begin = time.nanos();
            try {
                var report = run.next(limit);
                run.printOneOfMany(() -> print.accept(report));
            } catch (DoctorException none) {
                if (none.code() != ExitCode.FAIL) {
                    throw none;
                }
                shell.say("koda doctor: " + none.sentence());
            }
            var left = every.minusNanos(time.nanos() - begin);
            run.pause(left.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : left);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
