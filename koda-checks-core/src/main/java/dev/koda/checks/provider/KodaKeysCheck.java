package dev.koda.checks.provider;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.network.HttpAnswer;
import dev.koda.checks.network.HttpFetch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Do the providers that are configured in Koda accept the keys that it holds? Koda itself asks them. */
final class KodaKeysCheck implements Check {
    private final KodaRoutes routes;
    private final HttpFetch http;

    KodaKeysCheck(KodaRoutes routes, HttpFetch http) {
        this.routes = routes;
        this.http = http;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return http.fetchShared(routes.overview(), context, Optional::of, fault -> Optional.<HttpAnswer>empty())
                .thenCompose(overview -> overview.filter(answer -> answer.status() == 200)
                        .map(answer -> verifyAll(configured(answer), context))
                        .orElseGet(() -> CompletableFuture.completedFuture(unlisted())));
    }

    private Outcome unlisted() {
        return Outcome.warn(routes.overview() + " does not list the providers, so nothing is known about their keys")
                .reason("unexpected_answer")
                .hint("look at the log of the control plane");
    }

    private static List<Provider> configured(HttpAnswer overview) {
        return overview.objects("providers").stream()
                .filter(entry -> "true".equals(entry.get("configured")))
                .flatMap(entry -> Provider.of(entry.getOrDefault("provider_id", "")).stream())
                .distinct()
                .toList();
    }

    private CompletionStage<Outcome> verifyAll(List<Provider> providers, CheckContext context) {
        if (providers.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Outcome.skipped("no provider that can be verified is configured in the control plane"));
        }
        var all = Outcome.pass("accept their keys: "
                        + providers.stream().map(Provider::id).collect(Collectors.joining(", ")))
                .observed("providers", providers.size(), "providers");
        CompletionStage<List<Outcome>> outcomes = CompletableFuture.completedFuture(new ArrayList<>());
        for (var provider : providers) {
            outcomes = outcomes.thenCombine(new KodaVerification(provider, routes, http).run(context), (some, one) -> {
                some.add(one);
                return some;
            });
        }
        return outcomes.thenApply(some -> Outcome.combined(some, all));
    }
}
