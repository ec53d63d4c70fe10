package dev.koda.checks.secrets;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Fails if two secrets of different purposes are the same: whoever learns one has the other. */
final class ReuseCheck implements Check {
    private final List<SecretsOptions.Value> values;

    ReuseCheck(List<SecretsOptions.Value> values) {
        this.values = values;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return CompletableFuture.completedFuture(outcome());
    }

    private Outcome outcome() {
        if (values.isEmpty()) {
            return Outcome.skipped("no secret is set");
        }
        var byValue = new LinkedHashMap<String, List<SecretsOptions.Value>>();
        for (var value : values) {
            byValue.computeIfAbsent(value.value(), ignored -> new ArrayList<>()).add(value);
        }
        var answers = new ArrayList<Outcome>();
        for (var equal : byValue.values()) {
            if (equal.stream().map(SecretsOptions.Value::purpose).distinct().count() > 1) {
                answers.add(Outcome.fail(names(equal) + " are the same secret")
                        .reason("reused_secret")
                        .hint("give each its own; " + Strength.HOW_TO_MAKE));
            }
        }
        return Outcome.combined(answers, Outcome.pass("each of " + byValue.size() + " secrets has one purpose"));
    }

    private static String names(List<SecretsOptions.Value> equal) {
        return String.join(
                " and ",
                equal.stream().map(SecretsOptions.Value::name).distinct().toList());
    }
}
