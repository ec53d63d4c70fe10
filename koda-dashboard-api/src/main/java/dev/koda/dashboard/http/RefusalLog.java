package dev.koda.dashboard.http;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.StoreException;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request that a client has sent wrong, and no more than a few a second: the next line has the number of
 * those that have none. Nothing of a request is in it but its method and its path. Thread-safe.
 */
public final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

    /** So many at once, and as many a minute: one a second. */
    static final int LINES = 60;

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int LONGEST = 200;

    private final TimeSource time;
    private final TokenBucket lines;
    private long untold;
    private StoreException.@Nullable Kind told;
    private long toldNanos;

    private RefusalLog(TimeSource time) {
        this.time = Objects.requireNonNull(time, "time");
        lines = TokenBucket.full(1, LINES, time.nanos());
    }

    /** Without a line yet. */
    public static RefusalLog of(TimeSource time) {
        return new RefusalLog(time);
    }

    /** Answers with this problem, and notes it. */
    public void answer(HttpServerRequest request, Problem problem) {
        note(request, problem);
        problem.answer(request);
    }

    /** A request is answered with this problem. */
    public void note(HttpServerRequest request, Problem problem) {
        if (problem.status() >= 500) {
            return;
        }
        long before = before();
        if (before < 0) {
            return;
        }
        var line = LOG.atInfo()
                .addKeyValue("event", "request.refused")
                .addKeyValue("method", shown(String.valueOf(request.method())))
                .addKeyValue("path", shown(request.path()))
                .addKeyValue("status", problem.status())
                .addKeyValue("reason", problem.reason());
        (before == 0 ? line : line.addKeyValue("untold", before)).log("refused a request");
    }

    /** How many had no line before this one; negative if this one has none either. */
    synchronized long before() {
        if (!lines.take(time.nanos()).isZero()) {
            untold++;
            return -1;
        }
        long before = untold;
        untold = 0;
        return before;
    }

    private static String shown(@Nullable String part) {
        var text = part == null ? "" : part;
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /**
     * The store could not answer a request. Told once, and again when it is for another reason, or once a minute; a
     * statement that it refused is our mistake, and is told each time with its trace.
     */
    void note(StoreException failure) {
        boolean isOurs = failure.kind() == StoreException.Kind.REFUSED;
        if (!isOurs && !isNews(failure.kind())) {
            return;
        }
        (isOurs ? LOG.atError().setCause(failure) : LOG.atWarn())
                .addKeyValue("event", "operations.store_unavailable")
                .addKeyValue("kind", failure.kind().toString())
                .log("the operations API cannot answer: {}", failure.getMessage());
    }

    /** True if the last line about the store said something else, or is a minute old. */
    synchronized boolean isNews(StoreException.Kind kind) {
        long now = time.nanos();
        boolean isNews = kind != told || now - toldNanos >= WINDOW.toNanos();
        if (isNews) {
            told = kind;
            toldNanos = now;
        }
        return isNews;
    }
}
