package dev.koda.checks.provider;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.network.HttpAnswer;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.network.HttpTarget;
import java.util.concurrent.CompletionStage;

/** Does Koda itself find that a connection works? What it quotes of others is foreign text, and not shown. */
final class KodaConnectionCheck implements Check {
    private final HttpTarget verification;
    private final String name;
    private final HttpFetch http;

    KodaConnectionCheck(HttpTarget verification, String name, HttpFetch http) {
        this.verification = verification;
        this.name = name;
        this.http = http;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return http.fetch(verification, context, this::judge, this::unanswered);
    }

    private Outcome judge(HttpAnswer answer) {
        var verified = answer.valueAt("/verification/verified");
        if (answer.status() != 200 || verified.isEmpty()) {
            return Outcome.warn("the control plane answers " + answer.status() + " when told to verify " + name
                            + ", expected 200 with a verification")
                    .reason("unexpected_answer")
                    .hint("look at the log of the control plane, and whether its token may verify connections");
        }
        return verified.get().equals("true") ? Outcome.pass("Koda finds that " + name + " works") : failed(answer);
    }

    private Outcome failed(HttpAnswer answer) {
        boolean isExpired = answer.valueAt("/verification/auth_expired")
                .filter("true"::equals)
                .isPresent();
        var fail = Outcome.fail("Koda finds that " + name + " does not work"
                + (isExpired ? ", because its credential has expired or is not accepted" : ""));
        return fail.reason(isExpired ? "key_rejected" : "verification_failed")
                .hint("look at the connection in Koda, which shows the error");
    }

    private Outcome unanswered(Outcome fault) {
        return Outcome.warn(fault.message() + ", so whether " + name + " works is not known")
                .reason("provider_unreachable")
                .hint("look at control-plane.reachable");
    }
}
