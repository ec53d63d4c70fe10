package dev.koda.checks.runtime.controlplane;

import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.network.ControlPlaneOptions;
import dev.koda.checks.network.HttpAnswer;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.network.HttpTarget;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** One of the lists in the control plane's {@code /health}, which is asked for once an evaluation. */
final class ControlPlaneList {
    private final HttpTarget health;
    private final HttpFetch http;
    private final String name;

    /**
     * @param name of the list, such as {@code workers}
     */
    ControlPlaneList(ControlPlaneOptions controlPlane, HttpFetch http, String name) {
        health = HttpTarget.get(controlPlane.healthUrl());
        this.http = http;
        this.name = name;
    }

    /** The outcome for its entries, each with its fields; or why the list is not known. */
    CompletionStage<Outcome> judge(
            CheckContext context, Function<List<Map<String, String>>, CompletionStage<Outcome>> judge) {
        return http.fetchShared(health, context, answer -> judge(answer, judge), CompletableFuture::completedFuture)
                .thenCompose(Function.identity());
    }

    private CompletionStage<Outcome> judge(
            HttpAnswer answer, Function<List<Map<String, String>>, CompletionStage<Outcome>> judge) {
        var entries = answer.objects(name);
        boolean isWhole = answer.valueAt("/summary/" + name + "_total")
                .filter(Integer.toString(entries.size())::equals)
                .isPresent();
        return answer.status() == 200 && isWhole
                ? judge.apply(entries)
                : CompletableFuture.completedFuture(unknown(answer));
    }

    private Outcome unknown(HttpAnswer answer) {
        if (answer.status() == 429) {
            return answer.rateLimited();
        }
        boolean isHealth = answer.status() == 200 && !answer.values("status").isEmpty();
        if (isHealth && answer.valueAt("/summary/" + name + "_total").isEmpty() && !answer.isCut()) {
            return Outcome.skipped(health + " lists no " + name + ": it is not of a release of Koda that is known");
        }
        return Outcome.warn(health + " answers " + answer.status() + " without a whole list of " + name
                        + (answer.isCut() ? " in its first " + HttpFetch.MAX_BODY_BYTES / 1024 + " KiB" : "")
                        + ", so nothing is known of them")
                .reason("unexpected_answer")
                .hint("check that the address is that of Koda's control plane, and not of its dashboard");
    }
}
