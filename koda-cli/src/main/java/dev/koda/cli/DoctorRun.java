package dev.koda.cli;

import dev.koda.checks.Query;
import dev.koda.checks.Report;
import dev.koda.checks.engine.CheckEngine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one place of the command that waits for an engine. If the process is told to end meanwhile, what is known by then
 * is still printed, once.
 */
final class DoctorRun {
    /** An interrupted engine answers at once; this is for the one that does not. */
    private static final int GRACE_MILLIS = 2000;

    private final CheckEngine engine;
    private final Object printing = new Object();
    private boolean isOver;

    DoctorRun(CheckEngine engine) {
        this.engine = engine;
    }

    /**
     * Runs and waits.
     *
     * @param print gets the whole report, on this thread
     * @param printPartial gets what is known when the process is told to end, on the thread that ends it
     * @return the report that was printed; does not return if the process is told to end before
     */
    Report run(Query query, Consumer<Report> print, Consumer<Report> printPartial) {
        var running = new CompletableFuture<Report>();
        var hook = new Thread(() -> interrupted(running, printPartial), "koda-doctor-interrupted");
        // Before the first check begins, so that no moment is without it.
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            engine.run(query).whenComplete((report, failure) -> complete(running, report, failure));
            var report = running.join();
            if (!printOnce(() -> print.accept(report))) {
                awaitEnd();
            }
            return report;
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        } finally {
            remove(hook);
        }
    }

    private static void complete(
            CompletableFuture<Report> running, @Nullable Report report, @Nullable Throwable failure) {
        if (failure != null) {
            running.completeExceptionally(failure);
        } else {
            running.complete(report);
        }
    }

    private void interrupted(CompletableFuture<Report> running, Consumer<Report> printPartial) {
        printOnce(() -> {
            engine.close();
            try {
                printPartial.accept(running.get(GRACE_MILLIS, TimeUnit.MILLISECONDS));
            } catch (InterruptedException | ExecutionException | TimeoutException nothingIsKnown) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Whoever comes second waits until the document is complete, and prints nothing. */
    private boolean printOnce(Runnable print) {
        synchronized (printing) {
            if (isOver) {
                return false;
            }
            isOver = true;
            print.run();
            return true;
        }
    }

    /** The signal decides the exit code: an exit from here could win over it at the last moment. */
    private static void awaitEnd() {
        new CompletableFuture<Void>().join();
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook runs already.
            return;
        }
    }
}
