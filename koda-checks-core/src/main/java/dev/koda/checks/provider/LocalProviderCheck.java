package dev.koda.checks.provider;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.network.HttpAnswer;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.network.HttpTarget;
import java.net.URI;
import java.util.concurrent.CompletionStage;

/** Does a provider's server answer that wants no key? */
final class LocalProviderCheck implements Check {
    private static final String HINT = "start the server, or correct its address";

    private final Provider provider;
    private final HttpTarget target;
    private final HttpFetch http;

    LocalProviderCheck(Provider provider, URI base, HttpFetch http) {
        this.provider = provider;
        this.http = http;
        target = HttpTarget.get(provider.url(base));
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return http.fetch(
                target,
                context,
                this::judge,
                fault -> Outcome.warn(fault.message())
                        .reason("provider_unreachable")
                        .hint(HINT));
    }

    private Outcome judge(HttpAnswer answer) {
        if (answer.status() < 200 || answer.status() > 299) {
            return Outcome.warn(target + " answers " + answer.status() + ", expected 200")
                    .reason("http_status")
                    .hint(HINT)
                    .observed("status", answer.status(), "status");
        }
        if (!provider.isAnswer(answer.body())) {
            return new KeyAnswers(provider, provider.id()).unexpected(answer);
        }
        long millis = answer.took().toMillis();
        return Outcome.pass(target + " answers in " + millis + " ms").observed("response", millis, "milliseconds");
    }
}
