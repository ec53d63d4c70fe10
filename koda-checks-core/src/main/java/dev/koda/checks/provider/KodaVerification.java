package dev.koda.checks.provider;

import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.network.HttpAnswer;
import dev.koda.checks.network.HttpFetch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Koda's verification of one provider. What Koda quotes of the provider's answer is foreign text, and not shown. */
final class KodaVerification {
    /** How Koda begins the error of an answer that was not 2xx. */
    private static final Pattern STATUS = Pattern.compile("HTTP ([1-5][0-9]{2})\\b");

    private final Provider provider;
    private final KeyAnswers answers;
    private final KodaRoutes routes;
    private final HttpFetch http;

    KodaVerification(Provider provider, KodaRoutes routes, HttpFetch http) {
        this.provider = provider;
        this.routes = routes;
        this.http = http;
        answers = new KeyAnswers(provider, "its key in Koda");
    }

    CompletionStage<Outcome> run(CheckContext context) {
        // With a subscription to Gemini, Koda verifies by sending it a prompt, and that is not free.
        return provider == Provider.GEMINI
                ? http.fetch(routes.connection(provider.id()), context, this::isFree, fault -> false)
                        .thenCompose(isFree -> isFree ? verify(context) : CompletableFuture.completedFuture(untried()))
                : verify(context);
    }

    private boolean isFree(HttpAnswer connection) {
        return connection.values("auth_mode").contains("api_key");
    }

    private Outcome untried() {
        return Outcome.pass(provider.id() + " is used by subscription and was not asked: that would cost a prompt");
    }

    private CompletionStage<Outcome> verify(CheckContext context) {
        return http.fetch(
                routes.verification(provider.id()),
                context,
                this::judge,
                fault -> answers.unreachable(fault.message()));
    }

    private Outcome judge(HttpAnswer answer) {
        var verified = answer.valueAt("/verification/verified");
        if (answer.status() != 200 || verified.isEmpty()) {
            return Outcome.warn("the control plane answers " + answer.status() + " when told to verify " + provider.id()
                            + ", expected 200 with a verification")
                    .reason(answer.status() == 429 ? "rate_limited" : "http_status")
                    .hint("look at the log of the control plane, and whether its token may verify providers");
        }
        return verified.get().equals("true") ? answers.accepted(answer.took().toMillis()) : unverified(answer);
    }

    private Outcome unverified(HttpAnswer answer) {
        var error = answer.valueAt("/verification/last_error").orElse("");
        var status = STATUS.matcher(error);
        if (status.lookingAt()) {
            return answers.refused(Integer.parseInt(status.group(1)), error);
        }
        boolean isExpired = answer.valueAt("/verification/auth_expired")
                .filter("true"::equals)
                .isPresent();
        return isExpired
                ? answers.rejected("that the login has expired")
                : answers.unreachable("Koda could not verify " + provider.id());
    }
}
