package dev.koda.server.embedded;

import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread for every start and restart, so that none of them ever overlap. It can be broken off at any moment. */
final class Worker implements Executor {
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Worker::daemon) {
                @Override
                protected void terminated() {
                    ended.complete(null);
                }
            };

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "koda-embedded");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(task);
    }

    /**
     * Interrupts what runs, drops what waits and takes no more. May be called twice.
     *
     * @return completes when nothing runs any more, or after the patience: what runs then does not hear
     */
    CompletionStage<Void> end(TimeSource time, Duration patience) {
        thread.shutdownNow();
        var timer = time.schedule(patience, () -> ended.complete(null));
        return ended.whenComplete((done, never) -> timer.cancel());
    }
}
