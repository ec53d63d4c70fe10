package dev.koda.checks.provider;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.network.HttpAnswer;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.network.HttpTarget;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Does the provider accept the key? Asks it something that is free. */
final class KeyCheck implements Check {
    private final Provider provider;
    private final KeyAnswers answers;
    private final String key;
    private final HttpTarget target;
    private final HttpFetch http;

    KeyCheck(ProviderOptions options, HttpFetch http) {
        provider = options.provider();
        answers = new KeyAnswers(provider, options.keyName());
        key = options.key();
        target = HttpTarget.get(provider.url(options.base()));
        this.http = http;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return isSendable(key)
                ? http.fetch(
                        target.sending(provider.request(key)),
                        context,
                        answer -> judge(answer).observed("status", answer.status(), "status"),
                        fault -> answers.unreachable(fault.message()))
                : CompletableFuture.completedFuture(answers.malformed());
    }

    private Outcome judge(HttpAnswer answer) {
        int status = answer.status();
        if (status < 200 || status > 299) {
            return answers.refused(status, answer.body());
        }
        return provider.isAnswer(answer.body())
                ? answers.accepted(answer.took().toMillis())
                : answers.unexpected(answer);
    }

    /** What a header can carry; anything else would break the request. */
    private static boolean isSendable(String key) {
        return !key.isEmpty() && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
