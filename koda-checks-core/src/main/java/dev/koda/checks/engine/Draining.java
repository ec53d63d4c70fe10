package dev.koda.checks.engine;

import dev.koda.checks.Category;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Effects;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Scope;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** What every readiness report says when the process is about to end. */
final class Draining {
    private static final CheckSpec SPEC = CheckSpec.of("runtime.draining")
            .title("Takes new work")
            .category(Category.RUNTIME)
            .in(Suite.READINESS)
            .scope(Scope.LOCAL)
            .effects(Effects.NONE)
            .unavailable("draining")
            .run(context -> CompletableFuture.completedFuture(outcome()));

    private Draining() {}

    private static Outcome outcome() {
        return Outcome.fail("draining: the process is about to end and takes no new work")
                .reason(Reason.DRAINING);
    }

    static CheckResult result(Instant at) {
        return new CheckResult(
                SPEC, Status.FAIL, Status.FAIL, outcome(), at, Duration.ZERO, Duration.ZERO, at, 1, null);
    }
}
