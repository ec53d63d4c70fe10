package dev.koda.checks.testing;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A check that answers what a test says, at once or when the test says so. Thread-safe. */
public final class StubCheck implements Check {
    private final AtomicInteger runs = new AtomicInteger();
    private volatile @Nullable Outcome answer;
    private volatile CompletableFuture<Outcome> open = new CompletableFuture<>();
    private volatile @Nullable CheckContext context;

    private StubCheck(@Nullable Outcome answer) {
        this.answer = answer;
    }

    /** A check that answers at once. */
    public static StubCheck answering(Outcome outcome) {
        return new StubCheck(outcome);
    }

    /** A check that does not answer before {@link #complete}. */
    public static StubCheck silent() {
        return new StubCheck(null);
    }

    /** From now on answers this at once. */
    public void answer(Outcome outcome) {
        answer = outcome;
    }

    /** From now on does not answer. */
    public void beSilent() {
        answer = null;
    }

    /** Answers the execution that waits; later ones wait again. */
    public void complete(Outcome outcome) {
        var waiting = open;
        open = new CompletableFuture<>();
        waiting.complete(outcome);
    }

    /** Fails the execution that waits. */
    public void completeExceptionally(Throwable thrown) {
        var waiting = open;
        open = new CompletableFuture<>();
        waiting.completeExceptionally(thrown);
    }

    /** How often it was started. */
    public int runs() {
        return runs.get();
    }

    /**
     * The context of the last run.
     *
     * @throws IllegalStateException before the first
     */
    public CheckContext context() {
        var last = context;
        if (last == null) {
            throw new IllegalStateException("the check has not run");
        }
        return last;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext current) {
        runs.incrementAndGet();
        context = current;
        var now = answer;
        return now != null ? CompletableFuture.completedFuture(now) : open;
    }
}
