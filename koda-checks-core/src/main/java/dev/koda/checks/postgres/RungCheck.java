package dev.koda.checks.postgres;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.util.concurrent.CompletionStage;

/** One rung of the ladder: a view of the climb that all rungs of an evaluation share. */
final class RungCheck implements Check {
    private final Ladder ladder;
    private final Rung rung;

    RungCheck(Ladder ladder, Rung rung) {
        this.ladder = ladder;
        this.rung = rung;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return ladder.climb(context).thenCompose(climb -> climb.reach(rung, context));
    }
}
