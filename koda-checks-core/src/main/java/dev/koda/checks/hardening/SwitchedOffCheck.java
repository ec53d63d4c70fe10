package dev.koda.checks.hardening;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Is a switch off that opens a door? */
final class SwitchedOffCheck implements Check {
    private final String name;
    private final boolean isOn;
    private final String consequence;

    SwitchedOffCheck(String name, boolean isOn, String consequence) {
        this.name = name;
        this.isOn = isOn;
        this.consequence = consequence;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return CompletableFuture.completedFuture(
                isOn
                        ? Outcome.fail(name + " is on: " + consequence)
                                .reason("switched_on")
                                .hint("remove " + name + ", or set it to false")
                        : Outcome.pass(name + " is off"));
    }
}
