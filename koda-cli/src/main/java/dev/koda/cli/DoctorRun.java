package dev.koda.cli;

import dev.koda.checks.Report;
import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place of the command that waits. If the process is told to end meanwhile, what is known by then is still
 * printed, once.
 */
final class DoctorRun {
    /** An interrupted engine answers at once; this is for the one that does not. */
    private static final int GRACE_MILLIS = 2000;

    private final ReportSource source;
    private final TimeSource time;
    private final Object printing = new Object();
    private volatile CompletableFuture<Report> running = new CompletableFuture<>();
    private boolean isOver;

    DoctorRun(ReportSource source, TimeSource time) {
        this.source = source;
        this.time = time;
    }

    /**
     * Does the work, with {@link #next} and {@link #pause} as often as it likes, and prints what it comes to.
     *
     * @param print gets the last report, on this thread
     * @param printPartial gets what is known when the process is told to end, on the thread that ends it
     * @return the report that was printed; does not return if the process is told to end before
     * @throws DoctorException if there is no report
     */
    Report run(Supplier<Report> work, Consumer<Report> print, Consumer<Report> printPartial) {
        var hook = new Thread(() -> interrupted(printPartial), "koda-doctor-interrupted");
        // Before the first check begins, so that no moment is without it.
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            var report = work.get();
            if (!printOnce(() -> print.accept(report))) {
                awaitEnd();
            }
            return report;
        } finally {
            remove(hook);
        }
    }

    /** The next report, awaited. */
    Report next(Duration limit) {
        var future = new CompletableFuture<Report>();
        running = future;
        source.next(limit).whenComplete((report, failure) -> complete(future, report, failure));
        return await(future);
    }

    /** What a stage comes to, awaited: for the other things that a command does before it ends. */
    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /** Lets that much time go by. */
    void pause(Duration length) {
        pause(time, length);
    }

    /** The same for another command. */
    static void pause(TimeSource time, Duration length) {
        var over = new CompletableFuture<Void>();
        time.schedule(length, () -> over.complete(null));
        over.join();
    }

    /** Prints a document that is not the last one; not if the process ends, whose last one was whole. */
    void printOneOfMany(Runnable print) {
        synchronized (printing) {
            if (!isOver) {
                print.run();
            }
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

    private void interrupted(Consumer<Report> printPartial) {
        printOnce(() -> {
            source.interrupt();
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
