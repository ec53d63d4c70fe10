package dev.koda.server.collectors;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the attempts of one collector went: when it is due, when what it has shown is too old, and what the log knows. */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    /** A Koda is updated by people: what its schema lacks now it may have when they are done. */
    static final Duration REST = Duration.ofMinutes(10);

    /** After as many intervals without an answer the last one is not shown any more. */
    static final int MOST_MISSED = 3;

    private final String collector;
    private int missed;
    private int slow;
    private boolean isResting;
    private long restsUntil;
    private @Nullable String told;

    Attempts(String collector) {
        this.collector = collector;
    }

    /** False while it rests. */
    synchronized boolean isDue(long nanos) {
        isResting = isResting && nanos - restsUntil < 0;
        return !isResting;
    }

    /** True from the third interval without an answer on. */
    synchronized boolean isStale() {
        return missed >= MOST_MISSED;
    }

    synchronized void succeeded() {
        missed = 0;
        slow = 0;
        if (told != null) {
            told = null;
            LOG.atInfo()
                    .addKeyValue("event", "collector.recovered")
                    .addKeyValue("collector", collector)
                    .log("the collector {} has an answer again", collector);
        }
    }

    /** An interval without an answer. */
    synchronized void missed() {
        missed++;
    }

    /** One that failed, at this time. */
    synchronized void failed(Failure failure, long nanos) {
        missed++;
        slow = failure.kind() == Failure.Kind.SLOW ? slow + 1 : 0;
        if (failure.kind() == Failure.Kind.UNKNOWN_SCHEMA || slow >= MOST_MISSED) {
            slow = 0;
            isResting = true;
            restsUntil = nanos + REST.toNanos();
        }
        tell(failure);
    }

    private void tell(Failure failure) {
        if (failure.text().equals(told)) {
            return;
        }
        told = failure.text();
        boolean isOff = failure.kind() == Failure.Kind.UNKNOWN_SCHEMA;
        LOG.atWarn()
                .addKeyValue("event", isOff ? "collector.disabled" : "collector.failed")
                .addKeyValue("collector", collector)
                .log(
                        isOff
                                ? "the collector {} is off, and asks again in ten minutes: {}"
                                : "the collector {} has no answer: {}",
                        collector,
                        failure.text());
    }
}
