package dev.koda.checks.postgres;

import dev.koda.checks.CheckContext;
import dev.koda.checks.TimeSource;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the attempts at one server have in common, and what they remember of each other. */
final class Ladder {
    private static final AtomicLong COUNT = new AtomicLong();

    final PostgresOptions options;
    final TimeSource time;
    final LoginMemory memory;
    final Roots roots;
    final Supplier<@Nullable FoundServer> found;
    private final Supplier<Vertx> vertx;
    private final String key;
    private final Set<Rung> climbed = ConcurrentHashMap.newKeySet();

    Ladder(PostgresOptions options, Supplier<Vertx> vertx, TimeSource time, Supplier<@Nullable FoundServer> found) {
        this.found = found;
        this.options = options;
        this.vertx = vertx;
        this.time = time;
        memory = new LoginMemory(time);
        roots = new Roots(options.rootCertificate());
        key = "postgres " + options.server() + "/" + options.database() + " " + COUNT.incrementAndGet();
    }

    /** What tells it from others within an evaluation, also from those to the same server as another role. */
    String key() {
        return key;
    }

    /** The climb of this evaluation. */
    CompletionStage<Climb> climb(CheckContext context) {
        return context.shared(key, () -> CompletableFuture.completedStage(new Climb(this)));
    }

    /** A new attempt, which ends within the limit whoever still asks. */
    Attempt start(Duration limit) {
        return Attempt.start(this, vertx.get(), limit);
    }

    /** True once for each rung. */
    boolean isFirst(Rung rung) {
        return climbed.add(rung);
    }
}
