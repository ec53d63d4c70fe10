package dev.koda.checks.engine;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The bounded executor of blocking checks. A doctor starts more than eight of them at the same moment, so a short queue
 * stands before the threads; a body that gets no thread before its time-out is rejected then.
 */
final class BlockingPool {
    static final int THREADS = 8;
    private static final int QUEUE = 256;

    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), BlockingPool::thread);

    BlockingPool() {
        executor.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "koda-check-blocking");
        thread.setDaemon(true);
        return thread;
    }

    /** False if the queue is full or the pool closed. */
    boolean accepts(Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    void forget(Runnable task) {
        executor.remove(task);
    }

    boolean isClosed() {
        return executor.isShutdown();
    }

    void close() {
        executor.shutdownNow();
    }
}
