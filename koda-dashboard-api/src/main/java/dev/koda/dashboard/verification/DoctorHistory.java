package dev.koda.dashboard.verification;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.dashboard.verification.DoctorFeed.Heard;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what the doctor of this server finds, in batches. Every server writes its own, so no lease is needed. What cannot
 * be stored is held, within bounds; what is dropped is told. Thread-safe.
 */
final class DoctorHistory {
    private static final Logger LOG = LoggerFactory.getLogger(DoctorHistory.class);

    static final Duration EVERY = Duration.ofSeconds(10);
    private static final int BATCH = 500;

    private final CheckEngine engine;
    private final DoctorFeed feed;
    private final Subjects subjects;
    private final Results results;
    private final TimeSource time;
    private final String node;
    private final Set<String> declared = new HashSet<>();

    private TimeSource.@Nullable Timer timer;
    private long told;
    private boolean isClosed;

    DoctorHistory(
            CheckEngine engine, DoctorFeed feed, Subjects subjects, Results results, TimeSource time, String node) {
        this.engine = engine;
        this.feed = feed;
        this.subjects = subjects;
        this.results = results;
        this.time = time;
        this.node = node;
    }

    /** Listens for the checks that there are now. */
    void watch() {
        feed.watch(Set.copyOf(engine.checks(Suite.DOCTOR)));
    }

    /** Begins to store, and notes that checks which this server has no more are none of its own. */
    void begin() {
        var ids = engine.checks(Suite.DOCTOR).stream()
                .map(id -> Subject.doctorId(node, id.toString()))
                .toList();
        subjects.retireOthers(Subject.Type.DOCTOR, node, ids)
                .onFailure(failure -> LOG.warn("checks of before are still listed: {}", failure.getMessage()));
        later();
    }

    private synchronized void later() {
        if (!isClosed) {
            timer = time.schedule(EVERY, this::flush);
        }
    }

    private void flush() {
        store().onComplete(done -> later());
    }

    /** Stores all that is held; what fails is held for the next time. */
    Future<Void> store() {
        var batch = feed.oldest(BATCH);
        if (batch.isEmpty()) {
            return Future.succeededFuture();
        }
        var known = known();
        var some = batch.stream().flatMap(heard -> judged(heard, known)).toList();
        return declare(some)
                .compose(done -> results.store(some.stream().map(this::result).toList(), Results.Fence.none()))
                .compose(stored -> {
                    feed.stored(batch);
                    tellDropped();
                    return batch.size() < BATCH ? Future.succeededFuture() : store();
                });
    }

    private Map<CheckId, CheckResult> known() {
        var known = new HashMap<CheckId, CheckResult>();
        engine.snapshot(Suite.DOCTOR).checks().forEach(result -> known.put(result.id(), result));
        return known;
    }

    /** What was heard, and the last result of its check, which knows its declaration. */
    private record Judged(Heard heard, CheckResult last) {}

    /** Nothing for a check that is gone. */
    private static Stream<Judged> judged(Heard heard, Map<CheckId, CheckResult> known) {
        var last = known.get(heard.id());
        return last == null ? Stream.empty() : Stream.of(new Judged(heard, last));
    }

    private Future<Void> declare(List<Judged> batch) {
        var fresh = new HashMap<String, Subject>();
        for (var judged : batch) {
            var subject = subject(judged.last());
            if (!isDeclared(subject.id())) {
                fresh.put(subject.id(), subject);
            }
        }
        return fresh.isEmpty()
                ? Future.succeededFuture()
                : subjects.declare(fresh.values()).onSuccess(done -> noteDeclared(fresh.keySet()));
    }

    private synchronized boolean isDeclared(String id) {
        return declared.contains(id);
    }

    private synchronized void noteDeclared(Set<String> ids) {
        declared.addAll(ids);
    }

    private Subject subject(CheckResult result) {
        var spec = result.spec();
        return new Subject(
                Subject.doctorId(node, spec.id().toString()),
                Subject.Type.DOCTOR,
                spec.category().wireName(),
                spec.title(),
                node,
                spec.every());
    }

    /** The engine tells a listener no message; it is that of the last result, if that says the same. */
    private Verification result(Judged judged) {
        var heard = judged.heard();
        var last = judged.last();
        var reason = last.reason();
        boolean isSame = last.rawStatus() == heard.status()
                && (reason == null ? heard.reason() == null : reason.code().equals(heard.reason()));
        return new Verification(
                Subject.doctorId(node, heard.id().toString()),
                heard.result(),
                heard.startedAt(),
                Verification.vouches(last.spec().every()),
                Verification.Trigger.DOCTOR,
                Verifier.standing(heard.status(), heard.reason()),
                heard.reason(),
                isSame ? last.message() : null,
                heard.took(),
                null,
                null,
                null,
                node);
    }

    private void tellDropped() {
        long dropped = feed.dropped();
        if (dropped > told) {
            LOG.atWarn()
                    .addKeyValue("event", "doctor.results_dropped")
                    .addKeyValue("count", dropped - told)
                    .log(
                            "{} results of the doctor are not in its history: the operations store did not answer",
                            dropped - told);
            told = dropped;
        }
    }

    /** How many results were never stored since the start. */
    long dropped() {
        return feed.dropped();
    }

    /** Begins nothing any more. */
    synchronized void close() {
        isClosed = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}
