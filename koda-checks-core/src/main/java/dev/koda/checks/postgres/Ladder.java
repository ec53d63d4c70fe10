package dev.koda.checks.postgres;

import dev.koda.checks.CheckContext;
import dev.koda.checks.TimeSource;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What the attempts at one server have in common, and what they remember of each other. */
final class Ladder {
    final PostgresOptions options;
    final TimeSource time;
    final LoginMemory memory;
    final Roots roots;
    private final Supplier<Vertx> vertx;
    private final String key;

    Ladder(PostgresOptions options, Supplier<Vertx> vertx, TimeSource time) {
        this.options = options;
        this.vertx = vertx;
        this.time = time;
        memory = new LoginMemory(time);
        roots = new Roots(options.rootCertificate());
        key = "postgres " + options.server() + "/" + options.database();
    }

    /** The attempt of this evaluation: the first check that asks starts it, and it ends within that one's time. */
    CompletionStage<Attempt> attempt(CheckContext context) {
        return context.shared(
                key, () -> CompletableFuture.completedStage(Attempt.start(this, vertx.get(), context.ioTimeout())));
    }
}
