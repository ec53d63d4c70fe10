package dev.koda.checks.network;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does the control plane answer, and does it know our token? */
final class ControlPlaneCheck implements Check {
    private final HttpTarget health;
    private final @Nullable HttpTarget ping;
    private final HttpFetch http;

    ControlPlaneCheck(ControlPlaneOptions options, HttpFetch http) {
        health = HttpTarget.get(options.healthUrl());
        var token = options.token();
        ping = token == null ? null : HttpTarget.get(options.pingUrl()).bearer(token);
        this.http = http;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return http.fetchShared(health, context, this::judgeHealth, Function.identity())
                .thenCompose(outcome -> ping(outcome, context));
    }

    private CompletionStage<Outcome> ping(Outcome healthy, CheckContext context) {
        if (ping == null || !healthy.status().isOk()) {
            return CompletableFuture.completedFuture(healthy);
        }
        return http.outcome(ping, context, answer -> judgePing(answer, healthy))
                .thenApply(pinged -> healthy.status().worse(pinged.status()) == pinged.status() ? pinged : healthy);
    }

    private Outcome judgeHealth(HttpAnswer answer) {
        if (answer.status() == 429) {
            return answer.rateLimited();
        }
        if (answer.status() != 200) {
            return answer.unexpectedStatus("200", "look at the log of the control plane and of the proxy before it");
        }
        long millis = answer.took().toMillis();
        var outcome = answer.values("status").contains("degraded")
                ? Outcome.warn("answers, but calls itself degraded")
                        .reason("degraded")
                        .hint("see runtime.workers and runtime.sidecars, or the body of " + health)
                : Outcome.pass("answers in " + millis + " ms");
        return outcome.observed("response", millis, "milliseconds");
    }

    private Outcome judgePing(HttpAnswer answer, Outcome healthy) {
        if (answer.status() == 401 || answer.status() == 403) {
            return Outcome.fail(answer.target() + " answers " + answer.status() + ": it does not accept our token")
                    .reason("token_rejected")
                    .hint("set CONTROL_PLANE_API_TOKEN to the same value here and in the control plane");
        }
        if (answer.status() == 429) {
            return answer.rateLimited();
        }
        if (answer.status() >= 500) {
            return answer.unexpectedStatus("200", "look at the log of the control plane");
        }
        if (answer.status() < 200 || answer.status() > 299) {
            return Outcome.warn(answer.target() + " answers " + answer.status()
                            + ", expected 200: whether our token is accepted is not known")
                    .reason("http_status")
                    .hint("check that the address is that of a control plane, and of a version that has this route")
                    .observed("status", answer.status(), "status");
        }
        return healthy.status() == Status.PASS
                ? healthy.message(healthy.message() + " and accepts our token")
                : healthy;
    }
}
