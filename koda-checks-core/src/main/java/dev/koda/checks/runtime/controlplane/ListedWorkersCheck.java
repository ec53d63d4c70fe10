package dev.koda.checks.runtime.controlplane;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.network.HttpFetch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Do the workers that the control plane lists live, and are they ready? */
final class ListedWorkersCheck implements Check {
    /** So many are asked at once; of more the control plane alone is heard. */
    private static final int MOST_ASKED = 32;

    private final ControlPlaneList list;
    private final HttpFetch http;

    ListedWorkersCheck(ControlPlaneList list, HttpFetch http) {
        this.list = list;
        this.http = http;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return list.judge(context, entries -> judge(entries, context));
    }

    private CompletionStage<Outcome> judge(List<Map<String, String>> entries, CheckContext context) {
        if (entries.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Outcome.skipped("the control plane runs no worker: no agent is active"));
        }
        CompletionStage<List<Seen>> all = CompletableFuture.completedFuture(new ArrayList<>());
        int asked = 0;
        for (var entry : entries) {
            var worker = Worker.of(entry);
            boolean isAsked = worker.isAskable() && asked < MOST_ASKED;
            asked += isAsked ? 1 : 0;
            var one = isAsked ? ask(worker, context) : CompletableFuture.completedStage(listed(worker));
            all = all.thenCombine(one, (some, seen) -> {
                some.add(seen);
                return some;
            });
        }
        return all.thenApply(ListedWorkersCheck::judge);
    }

    /** Something else may listen at that address here, so only the answer of a worker counts. */
    private CompletionStage<Seen> ask(Worker worker, CheckContext context) {
        return http.fetch(
                        ReadyAnswer.target(worker.base().orElseThrow()),
                        context,
                        answer -> ReadyAnswer.judge(worker.name(), answer),
                        fault -> Optional.<Outcome>empty())
                .thenApply(answer -> answer.map(ready -> seen(worker, ready)).orElseGet(() -> listed(worker)));
    }

    /** The reason that a worker gives says more than that it is unhealthy; that it is ready does not undo it. */
    private static Seen seen(Worker worker, Outcome ready) {
        var listed = worker.listed();
        boolean isWorse = listed.status().worse(ready.status()) == ready.status();
        return new Seen(isWorse ? ready : listed, true);
    }

    private static Seen listed(Worker worker) {
        return new Seen(worker.listed(), false);
    }

    private static Outcome judge(List<Seen> workers) {
        long answered = workers.stream().filter(Seen::hasAnswered).count();
        return Outcome.combined(workers.stream().map(Seen::outcome).toList(), pass(workers.size(), answered))
                .observed("workers", workers.size(), "workers")
                .observed("answered", answered, "workers");
    }

    private static Outcome pass(int workers, long answered) {
        var count = workers == 1 ? "1 worker is" : workers + " workers are";
        if (answered == workers) {
            return Outcome.pass(count + " alive and ready");
        }
        return Outcome.pass(count + " alive by the control plane's own probe; /ready of " + (workers - answered)
                + " is not known from here");
    }

    /**
     * One worker.
     *
     * @param hasAnswered true if it was asked itself
     */
    private record Seen(Outcome outcome, boolean hasAnswered) {}
}
