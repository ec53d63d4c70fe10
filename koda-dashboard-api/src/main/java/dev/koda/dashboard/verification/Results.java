package dev.koda.dashboard.verification;

import dev.koda.dashboard.audit.AuditEvent;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.audit.AuditTrail;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stores results with all that follows from them, in one transaction. The rows of their subjects are locked, so any number
 * of processes may write: a result that comes after a later one is kept, and changes no interval.
 */
final class Results {
    private final OperationsStore store;
    private final AuditTrail trail;

    /** @param trail in the same store; hears which credentials became others */
    Results(OperationsStore store, AuditTrail trail) {
        this.store = store;
        this.trail = trail;
    }

    /** What holds off a writer who may not write: completes inside the transaction, before anything is written. */
    @FunctionalInterface
    interface Fence extends Function<SqlConnection, Future<Void>> {
        /** For what every process may write. */
        static Fence none() {
            return connection -> Future.succeededFuture();
        }
    }

    /**
     * Stores them.
     *
     * @param results of declared subjects; what is of another one is left out, and what is there already counts once
     * @return completes with those that were stored now; fails as {@code FENCED} without a trace if the fence says so
     */
    Future<List<Verification>> store(Collection<Verification> results, Fence fence) {
        var ids = new LinkedHashSet<String>();
        results.forEach(result -> ids.add(result.subject()));
        return store.transaction(connection -> fence.apply(connection)
                        .compose(free -> Subjects.lock(connection, ids))
                        .compose(locked -> write(connection, locked, results))
                        .compose(change ->
                                tell(connection, change.rotations()).map(told -> new Stored(change.results(), told))))
                .map(stored -> {
                    stored.told().forEach(Runnable::run);
                    return stored.results();
                });
    }

    /** What was stored, and what is to be run when that is committed. */
    private record Stored(List<Verification> results, List<Runnable> told) {}

    /** In the transaction of the results, so that no crash comes between a rotation and its event. */
    private Future<List<Runnable>> tell(SqlConnection connection, List<AuditEvent> events) {
        Future<List<Runnable>> all = Future.succeededFuture(new ArrayList<>());
        for (var event : events) {
            all = all.compose(told -> trail.recordIn(connection, event).map(line -> {
                told.add(line);
                return told;
            }));
        }
        return all;
    }

    private static Future<Change> write(
            SqlConnection connection, Subjects.Locked locked, Collection<Verification> results) {
        var known = results.stream()
                .filter(result -> locked.states().containsKey(result.subject()))
                .toList();
        return known.isEmpty()
                ? Future.succeededFuture(Change.none())
                : new ResultTables(connection)
                        .addResults(known)
                        .compose(added -> added.isEmpty()
                                ? Future.succeededFuture(Change.none())
                                : apply(connection, Change.of(locked, added)));
    }

    private static Future<Change> apply(SqlConnection connection, Change change) {
        var tables = new ResultTables(connection);
        return tables.addRollups(change.results())
                .compose(done -> tables.cutIntervals(change.cuts()))
                .compose(done -> tables.putIntervals(change.intervals()))
                .compose(done -> tables.putIncidents(change.incidents()))
                .compose(done -> tables.addMarks(change.marks()))
                .compose(done -> Subjects.move(connection, change.states()))
                .map(done -> change);
    }

    /**
     * What a batch comes to.
     *
     * @param cuts where a server whose clock was ahead had said more, by subject
     * @param intervals by subject and beginning, the last version of each; likewise the incidents
     * @param rotations what there is to tell of credentials that became others
     */
    record Change(
            List<Verification> results,
            Map<String, State> states,
            Map<String, Instant> cuts,
            Map<Key, Interval> intervals,
            Map<Key, Step.Incident> incidents,
            List<MarkOf> marks,
            List<AuditEvent> rotations) {
        /** Something of a subject that begins at a moment. */
        record Key(String subject, Instant at) {}

        /** A mark of a subject. */
        record MarkOf(Key place, Step.Mark mark) {}

        static Change none() {
            return new Change(
                    new ArrayList<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
        }

        static Change of(Subjects.Locked locked, Collection<Verification> results) {
            var change = none();
            results.stream()
                    .sorted(Comparator.comparing(Verification::startedAt))
                    .forEach(result -> change.add(locked, result));
            return change;
        }

        private void add(Subjects.Locked locked, Verification result) {
            results.add(result);
            var subject = result.subject();
            var moved = states.get(subject);
            var before = moved == null ? locked.states().get(subject) : moved;
            if (before != null && result.startedAt().isBefore(before.verifiedAt())) {
                if (moved != null || !locked.ahead().contains(subject)) {
                    return;
                }
                before = before.cutAt(result.startedAt());
                cuts.put(subject, result.startedAt());
            }
            var step = Step.of(before, result);
            var ended = step.ended();
            if (ended != null) {
                intervals.put(new Key(subject, ended.since()), ended);
            }
            var current = step.after().interval();
            intervals.put(new Key(subject, current.since()), current);
            var incident = step.incident();
            if (incident != null) {
                incidents.merge(new Key(subject, incident.openedAt()), incident, Change::latest);
            }
            step.marks().forEach(mark -> marks.add(new MarkOf(new Key(subject, result.startedAt()), mark)));
            if (step.marks().contains(Step.Mark.ROTATION)) {
                rotations.add(rotation(before, result));
            }
            states.put(subject, step.after());
        }

        /** Fingerprints tell credentials apart, and none of them. */
        private static AuditEvent rotation(@Nullable State before, Verification result) {
            return AuditEvent.of(AuditEventType.CREDENTIAL_ROTATED)
                    .to(result.subject())
                    .with("from_fingerprint", digits(before == null ? null : before.credential()))
                    .with("fingerprint", digits(result.credential()))
                    .with("verified_at", result.startedAt().toString())
                    .with("status", result.standing().toString())
                    .with("node", result.node());
        }

        private static String digits(@Nullable Fingerprint credential) {
            return credential == null ? "" : credential.digits();
        }

        /** The first one knows why it began. */
        private static Step.Incident latest(Step.Incident first, Step.Incident last) {
            return new Step.Incident(
                    first.openedAt(), last.closedAt(), first.reason(), first.message(), last.failures());
        }
    }
}
