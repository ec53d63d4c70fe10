package dev.koda.checks.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One blocking body: interrupted at most while it runs, so that the thread's next task never sees the interrupt. */
final class BlockingTask<T> implements Runnable {
    private final Callable<T> body;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private @Nullable Thread thread;
    private boolean isCancelled;
    private volatile boolean isStarted;

    BlockingTask(Callable<T> body) {
        this.body = body;
    }

    CompletableFuture<T> result() {
        return result;
    }

    /** False while it waits for a thread. */
    boolean isStarted() {
        return isStarted;
    }

    @Override
    public void run() {
        if (!begin()) {
            return;
        }
        try {
            var value = body.call();
            end();
            result.complete(value);
        } catch (Throwable thrown) {
            end();
            result.completeExceptionally(thrown);
        }
    }

    private synchronized boolean begin() {
        if (isCancelled) {
            return false;
        }
        isStarted = true;
        thread = Thread.currentThread();
        return true;
    }

    private synchronized void end() {
        thread = null;
    }

    void cancel() {
        synchronized (this) {
            isCancelled = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
        if (!isStarted) {
            result.completeExceptionally(new CancellationException());
        }
    }
}
