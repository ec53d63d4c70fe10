package dev.koda.checks.runtime.controlplane;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.network.HttpTarget;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Are the workers at these addresses ready? Who is named must answer. */
final class NamedWorkersCheck implements Check {
    private final List<HttpTarget> targets;
    private final HttpFetch http;

    NamedWorkersCheck(List<URI> bases, HttpFetch http) {
        targets = bases.stream().map(ReadyAnswer::target).toList();
        this.http = http;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        CompletionStage<List<Outcome>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (var target : targets) {
            all = all.thenCombine(ask(target, context), (some, one) -> {
                some.add(one);
                return some;
            });
        }
        var pass = Outcome.pass(targets.size() == 1 ? "1 worker is ready" : targets.size() + " workers are ready");
        return all.thenApply(some -> Outcome.combined(some, pass).observed("workers", targets.size(), "workers"));
    }

    private CompletionStage<Outcome> ask(HttpTarget target, CheckContext context) {
        return http.fetch(
                target,
                context,
                answer -> ReadyAnswer.judge("the worker at " + target, answer)
                        .orElseGet(() -> Outcome.fail(target + " answers " + answer.status() + ", not as a worker does")
                                .reason("unexpected_answer")
                                .hint("correct KODA_WORKER_URLS: another server answers there")),
                Function.identity());
    }
}
