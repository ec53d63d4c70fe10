package dev.koda.checks.runtime;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Do all background loops still turn? */
final class LoopsCheck implements Check {
    /** A report's message has 300 characters. */
    private static final int NAMED = 3;

    private final Loops loops;

    LoopsCheck(Loops loops) {
        this.loops = loops;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return CompletableFuture.completedFuture(look());
    }

    private Outcome look() {
        int registered = loops.all().size();
        var silent = loops.silent();
        if (silent.isEmpty()) {
            return registered == 0
                    ? Outcome.skipped("no background loop is registered")
                    : Outcome.pass("all background loops turn").observed("loops", registered, "loops");
        }
        return Outcome.fail(sentence(silent))
                .reason("loop_silent")
                .hint("take a thread dump: the loop hangs, or its thread has died")
                .observed("loops", registered, "loops")
                .observed("silent", silent.size(), "loops");
    }

    private static String sentence(List<Loop> silent) {
        var named = silent.stream().limit(NAMED).map(LoopsCheck::describe).collect(Collectors.joining("; "));
        return silent.size() > NAMED ? named + "; and " + (silent.size() - NAMED) + " more" : named;
    }

    private static String describe(Loop loop) {
        var limit = loop.every().multipliedBy(Loop.SILENT_INTERVALS);
        return "loop " + loop.name() + " silent for " + seconds(loop.silence()) + ", limit " + seconds(limit);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
