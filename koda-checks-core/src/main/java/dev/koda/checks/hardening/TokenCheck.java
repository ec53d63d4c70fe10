package dev.koda.checks.hardening;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Is a secret as long as Koda's strict doctor wants it, and not the one of its template? */
final class TokenCheck implements Check {
    private static final int SHORTEST = 32;
    private static final String TEMPLATE = "replace-with";
    private static final String HINT = "make one with: koda secrets generate";

    private final String name;
    private final List<String> values;

    TokenCheck(String name, List<String> values) {
        this.name = name;
        this.values = values;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return CompletableFuture.completedFuture(judge());
    }

    private Outcome judge() {
        if (values.isEmpty()) {
            return Outcome.fail(name + " is not set").reason("missing_secret").hint(HINT);
        }
        if (values.stream().anyMatch(value -> value.startsWith(TEMPLATE))) {
            return Outcome.fail(name + " is still that of the template")
                    .reason("placeholder")
                    .hint(HINT);
        }
        int shortest = values.stream().mapToInt(String::length).min().orElse(0);
        return shortest >= SHORTEST
                ? Outcome.pass(name + " has at least " + SHORTEST + " characters")
                : Outcome.fail(name + " has " + shortest + " characters, at least " + SHORTEST + " are expected")
                        .reason("short_key")
                        .hint(HINT);
    }
}
