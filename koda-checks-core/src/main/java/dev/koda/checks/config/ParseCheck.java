package dev.koda.checks.config;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells what is odd in files that could be read; one that could not has stopped the program already. */
final class ParseCheck implements Check {
    private final ConfigOptions options;

    ParseCheck(ConfigOptions options) {
        this.options = options;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return CompletableFuture.completedFuture(outcome());
    }

    private Outcome outcome() {
        var answers = options.oddities().stream()
                .map(oddity -> Outcome.of(oddity.isFailure() ? Status.FAIL : Status.WARN, oddity.message())
                        .reason(oddity.reason())
                        .hint(oddity.hint()))
                .toList();
        var files = options.files();
        var clean = files.isEmpty()
                ? "no settings file is used, only the environment and defaults"
                : String.join(", ", files) + (files.size() == 1 ? " is clean" : " are clean");
        return Outcome.combined(answers, Outcome.pass(clean));
    }
}
