package dev.koda.checks.config;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckId;
import dev.koda.checks.Nearest;
import dev.koda.checks.Outcome;
import dev.koda.checks.TimeSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Warns of a suppression that is over, and of one that suppresses nothing. */
final class SuppressCheck implements Check {
    private final Suppressions suppressions;
    private final Supplier<Collection<CheckId>> known;
    private final TimeSource time;

    SuppressCheck(Suppressions suppressions, Supplier<Collection<CheckId>> known, TimeSource time) {
        this.suppressions = suppressions;
        this.known = known;
        this.time = time;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return CompletableFuture.completedFuture(outcome());
    }

    private static String correction(CheckId unknown, Collection<CheckId> ids) {
        var names = ids.stream().map(CheckId::toString).distinct().toList();
        var nearest = Nearest.of(unknown.toString(), names, 3);
        return nearest == null
                ? "correct the id in koda.yaml, or remove the entry; koda checks list shows what there is"
                : "correct the id in koda.yaml: is " + nearest + " meant? Or remove the entry";
    }

    private Outcome outcome() {
        var today = LocalDate.ofInstant(time.now(), ZoneOffset.UTC);
        var ids = known.get();
        var answers = new ArrayList<Outcome>();
        for (var entry : suppressions.entries()) {
            if (ids.stream().noneMatch(id -> id.isCoveredBy(entry.check()))) {
                answers.add(Outcome.warn(entry.check() + " is suppressed, and there is no such check here")
                        .reason("suppression_unknown")
                        .hint(correction(entry.check(), ids)));
            } else if (!entry.isInForce(today)) {
                answers.add(Outcome.warn("the suppression of " + entry.check() + " ended on " + entry.until() + ": "
                                + entry.reason())
                        .reason("suppression_expired")
                        .hint("remove the entry from koda.yaml, or give it another day if the reason still holds"));
            }
        }
        int count = suppressions.entries().size();
        return Outcome.combined(
                answers, Outcome.pass(count + (count == 1 ? " suppression is" : " suppressions are") + " in force"));
    }
}
