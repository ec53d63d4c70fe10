package dev.koda.checks.postgres;

import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One climb of the ladder. A plain connection looks at name, port and TLS and is closed; only then, when a check asks
 * for it, a second one logs in, asks {@code SELECT 1} and is closed as well: the client's own time-out could not tell
 * the rungs apart. A rung that breaks gives its outcome to all above it.
 *
 * <p>The clients belong to one Vert.x context; the outcomes are safe for any thread.
 */
final class Attempt {
    private final Ladder ladder;
    private final Vertx vertx;
    private final Context context;
    private final Map<Rung, CompletableFuture<Outcome>> outcomes = new EnumMap<>(Rung.class);
    private final Inspection inspection;
    private @Nullable Login login;

    private Attempt(Ladder ladder, Vertx vertx, Duration limit) {
        this.ladder = ladder;
        this.vertx = vertx;
        context = vertx.getOrCreateContext();
        for (var rung : Rung.values()) {
            outcomes.put(rung, new CompletableFuture<>());
        }
        inspection = new Inspection(ladder, vertx, limit, this::pass);
    }

    /** Starts to look at name, port and TLS; ends within the limit, whoever still asks. */
    static Attempt start(Ladder ladder, Vertx vertx, Duration limit) {
        var attempt = new Attempt(ladder, vertx, limit);
        attempt.expireAfter(limit, Rung.TLS);
        attempt.context.runOnContext(ignored -> attempt.inspect());
        return attempt;
    }

    /** The outcome of a rung, within the limit; for what is above TLS the role logs in. */
    CompletionStage<Outcome> reach(Rung rung, CheckContext check, Duration limit) {
        check.onCancel(() -> expire(rung, limit));
        expireAfter(limit, rung);
        if (rung.compareTo(Rung.TLS) > 0) {
            whenDone(Rung.TLS, () -> context.runOnContext(ignored -> logIn(limit)));
        }
        return outcomeOf(rung).minimalCompletionStage();
    }

    /** A login of its own for another check; null if the server was not reached. */
    @Nullable
    Login anotherLogin() {
        var reached = inspection.reached();
        return reached == null ? null : new Login(ladder, vertx, reached);
    }

    Context context() {
        return context;
    }

    private void inspect() {
        inspection.run().onFailure(this::fail).onComplete(done -> inspection.close());
    }

    private void logIn(Duration limit) {
        if (login != null || outcomeOf(Rung.AUTH).isDone()) {
            return;
        }
        login = anotherLogin();
        if (login != null) {
            expireAfter(limit, Rung.AUTH);
            login.run().onSuccess(connection -> ask(connection, limit)).onFailure(this::fail);
        }
    }

    private void ask(SqlConnection connection, Duration limit) {
        pass(Rung.AUTH, Outcome.pass(ladder.options.server() + " lets the role into " + ladder.options.database()));
        expireAfter(limit, Rung.ROUND_TRIP);
        new RoundTrip(ladder)
                .measure(connection)
                .onSuccess(outcome -> pass(Rung.ROUND_TRIP, outcome))
                .onFailure(this::fail)
                .onComplete(done -> release());
    }

    private CompletableFuture<Outcome> outcomeOf(Rung rung) {
        return Objects.requireNonNull(outcomes.get(rung));
    }

    private void pass(Rung rung, Outcome outcome) {
        outcomeOf(rung).complete(outcome);
    }

    private void fail(Throwable failure) {
        for (var outcome : outcomes.values()) {
            if (failure instanceof BrokenRung broken) {
                outcome.complete(broken.outcome);
            } else {
                outcome.completeExceptionally(failure);
            }
        }
        release();
    }

    private void expireAfter(Duration limit, Rung rung) {
        if (!outcomeOf(rung).isDone()) {
            whenDone(rung, ladder.time.schedule(limit, () -> expire(rung, limit))::cancel);
        }
    }

    private void whenDone(Rung rung, Runnable action) {
        outcomeOf(rung).minimalCompletionStage().whenComplete((outcome, failure) -> action.run());
    }

    private void expire(Rung awaited, Duration limit) {
        if (!outcomeOf(awaited).isDone()) {
            context.runOnContext(ignored -> breakLowestBefore(awaited, limit));
        }
    }

    /** It is the lowest rung without an outcome that is silent; nothing happens if the awaited one has one by now. */
    private void breakLowestBefore(Rung awaited, Duration limit) {
        for (var rung : Rung.values()) {
            if (rung.compareTo(awaited) <= 0 && !outcomeOf(rung).isDone()) {
                fail(new BrokenRung(rung.silence(ladder.options, limit)));
                return;
            }
        }
    }

    private void release() {
        inspection.close();
        if (login != null) {
            login.close();
        }
    }
}
