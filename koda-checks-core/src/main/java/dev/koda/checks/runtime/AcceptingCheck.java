package dev.koda.checks.runtime;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Does this process take work? */
final class AcceptingCheck implements Check {
    private final RuntimeGate gate;

    AcceptingCheck(RuntimeGate gate) {
        this.gate = gate;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return CompletableFuture.completedFuture(look());
    }

    private Outcome look() {
        return gate.refusal()
                .map(reason -> Outcome.fail("takes no work: " + reason)
                        .reason(reason)
                        .hint("wait until it has started, or look in its log for who closed the gate"))
                .orElseGet(() -> Outcome.pass("takes work"));
    }
}
