package dev.koda.checks.runtime.controlplane;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.network.TimeLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Does the control plane reach a sidecar? It probes them itself, inside a network that we may be outside of. */
final class ListedSidecarCheck implements Check {
    private final String service;
    private final TimeLimits limits;
    private final ControlPlaneList list;

    ListedSidecarCheck(String service, TimeLimits limits, ControlPlaneList list) {
        this.service = service;
        this.limits = limits;
        this.list = list;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return list.judge(context, entries -> CompletableFuture.completedStage(judge(entries)));
    }

    private Outcome judge(List<Map<String, String>> entries) {
        return entries.stream()
                .filter(entry -> service.replace('-', '_').equals(entry.get("name")))
                .map(this::judge)
                .findFirst()
                .orElseGet(() -> Outcome.skipped("the control plane does not list " + service));
    }

    private Outcome judge(Map<String, String> sidecar) {
        if (!"true".equals(sidecar.get("ok"))) {
            boolean isLate = "timeout".equals(sidecar.get("error"));
            return Outcome.fail("the control plane does not reach " + service
                            + (isLate ? ": no connection within its 1 s" : ""))
                    .reason(isLate ? "timeout" : "unreachable")
                    .hint("start it, or look at its log: koda logs " + service);
        }
        var latency = sidecar.getOrDefault("latency_ms", "");
        var sentence = "the control plane reaches " + service;
        return latency.matches("[0-9]{1,9}")
                ? limits.judge(service, Duration.ofMillis(Long.parseLong(latency)), sentence)
                : Outcome.pass(sentence);
    }
}
