package dev.koda.checks.engine;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Query;
import dev.koda.checks.Report;
import dev.koda.checks.Suite;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One asked-for run: an evaluation that becomes a report. */
final class ReportRun {
    private final Wiring wiring;
    private final Selection selection;
    private final boolean isDraining;
    /** Set before or by the end of the evaluation, whichever thread comes second completes it. */
    private @Nullable CompletableFuture<Report> promise;

    private @Nullable Report report;

    ReportRun(Wiring wiring, Selection selection, boolean isDraining) {
        this.wiring = wiring;
        this.selection = selection;
        this.isDraining = isDraining && selection.suite().equals(Suite.READINESS);
    }

    CompletionStage<Report> start(Query query) {
        new Evaluation(wiring, selection.plan(), reuse(query), this::onEnd).start(query.deadline());
        synchronized (this) {
            if (report != null) {
                return CompletableFuture.completedFuture(report);
            }
            promise = new CompletableFuture<>();
            return promise;
        }
    }

    private static Evaluation.Reuse reuse(Query query) {
        if (query.again()) {
            return Evaluation.Reuse.NOTHING;
        }
        return query.stale() ? Evaluation.Reuse.STALE : Evaluation.Reuse.FRESH;
    }

    private void onEnd(Evaluation evaluation) {
        var made = reportOf(evaluation);
        CompletableFuture<Report> waiting;
        synchronized (this) {
            report = made;
            waiting = promise;
        }
        if (waiting != null) {
            waiting.complete(made);
        }
    }

    private Report reportOf(Evaluation evaluation) {
        var draft = new ReportDraft(evaluation.plan().size() + (isDraining ? 1 : 0), selection.skips());
        for (int i = 0; i < evaluation.plan().size(); i++) {
            var answer = evaluation.answerAt(i);
            var result = answer.result();
            if (result == null) {
                draft.skip(answer.slot.order, answer.slot.id(), answer.outcome().message());
            } else {
                draft.add(aged(result, answer, evaluation));
            }
        }
        if (isDraining) {
            draft.add(Draining.result(evaluation.instantOf(evaluation.lastNanos())));
        }
        long took = evaluation.lastNanos() - evaluation.startedNanos();
        return draft.toReport(
                selection.suite(),
                wiring.service(),
                evaluation.instantOf(evaluation.lastNanos()),
                Durations.micros(took));
    }

    private static CheckResult aged(CheckResult result, Execution answer, Evaluation evaluation) {
        boolean isOwn = answer.endedNanos() - evaluation.startedNanos() >= 0;
        if (isOwn) {
            return result;
        }
        return result.aged(Duration.ofNanos(evaluation.lastNanos() - answer.endedNanos()));
    }
}
