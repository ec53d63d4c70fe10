package dev.koda.checks.config;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Fails if a value is not of its type or contradicts another, warns if one hides another or is probably misspelt. */
final class ValuesCheck implements Check {
    private final List<ConfigOptions.Conflict> conflicts;

    ValuesCheck(List<ConfigOptions.Conflict> conflicts) {
        this.conflicts = conflicts;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        var answers = conflicts.stream()
                .map(conflict -> Outcome.of(conflict.isFailure() ? Status.FAIL : Status.WARN, conflict.message())
                        .reason(conflict.reason())
                        .hint(conflict.hint()))
                .toList();
        var outcome =
                Outcome.combined(answers, Outcome.pass("every value is of its type and none contradicts another"));
        return CompletableFuture.completedFuture(answers.isEmpty() ? outcome : outcome.hint(hints()));
    }

    /** What to do about each, in the order of the sentences: failures first. */
    private String hints() {
        return conflicts.stream()
                .sorted(Comparator.comparing(ConfigOptions.Conflict::isFailure).reversed())
                .map(ConfigOptions.Conflict::hint)
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
