package dev.koda.server.embedded;

import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a dead embedded service again after a delay, for as long as it takes. It only looks whether the service runs,
 * not whether it answers: a slow one is the doctor's matter.
 */
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Duration restartDelay;
    private final TimeSource time;
    private final Executor worker;
    private final Consumer<String> news;
    private final List<EmbeddedService> waiting = new ArrayList<>();
    private final List<EmbeddedService> services;
    private volatile boolean closed;

    /**
     * @param restartDelay from the moment at which the death is seen
     * @param worker runs one task after the other; starts and stops of the services happen on it
     * @param news gets one sentence for people about each death and each restart
     */
    Watchdog(
            List<? extends EmbeddedService> services,
            Duration restartDelay,
            TimeSource time,
            Executor worker,
            Consumer<String> news) {
        this.services = List.copyOf(services);
        this.restartDelay = restartDelay;
        this.time = time;
        this.worker = worker;
        this.news = news;
    }

    /** Begins to look, now and every half second. */
    void start() {
        worker.execute(this::look);
    }

    private void look() {
        try {
            services.forEach(this::look);
        } finally {
            later(LOOK, this::look);
        }
    }

    private void look(EmbeddedService service) {
        try {
            if (!closed && !waiting.contains(service) && !service.isAlive()) {
                LOG.warn("{} is gone; it is started again in {} ms", service.name(), restartDelay.toMillis());
                news.accept(service.name() + " has died; it is started again in " + restartDelay.toSeconds() + " s");
                waiting.add(service);
                later(restartDelay, () -> restart(service));
            }
        } catch (RuntimeException failure) {
            LOG.error("{} cannot be looked at", service.name(), failure);
        }
    }

    private void restart(EmbeddedService service) {
        if (closed) {
            return;
        }
        waiting.remove(service);
        try {
            service.stop();
            service.start();
            LOG.info("{} runs again", service.name());
            news.accept(service.name() + " runs again");
        } catch (StartException | RuntimeException failure) {
            if (!closed) {
                LOG.error("{} is not back", service.name(), failure);
                news.accept(service.name() + " could not be started again; the logs say why");
            }
        }
    }

    private void later(Duration delay, Runnable task) {
        if (!closed) {
            time.schedule(delay, () -> executeUnlessClosed(task));
        }
    }

    /** Once closed, the worker may take no more. */
    private void executeUnlessClosed(Runnable task) {
        if (!closed) {
            worker.execute(task);
        }
    }

    /** Ends it, from any thread. What is scheduled finds nothing to do any more. */
    @Override
    public void close() {
        closed = true;
    }
}
