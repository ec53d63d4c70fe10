package dev.koda.checks.objectstore;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.network.HttpAnswer;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.network.HttpTarget;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Do strangers get into the bucket? One of them asks for a listing, and the bucket is asked for its policy and its grants:
 * those may let everybody read an object whose name is known, where nobody may list.
 */
final class PublicAccessCheck implements Check {
    private static final String HINT = "take the public policy or ACL away, or tell the storage who its users are";

    private static final Reason PUBLIC = new Reason("public_access");

    private final BucketRules rules;
    private final HttpTarget listing;
    private final HttpFetch http;

    PublicAccessCheck(BucketRules rules, URI bucket, HttpFetch http) {
        this.rules = rules;
        listing = HttpTarget.get(URI.create(bucket + "?list-type=2&max-keys=1"));
        this.http = http;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        var stranger = http.fetch(listing, context, this::judge, PublicAccessCheck::unanswered);
        var policy = heard(rules.isPublicByPolicy(context), "policy");
        var grants = heard(rules.isPublicByGrants(context), "ACL");
        return stranger.thenCombine(policy, List::of)
                .thenCombine(
                        grants,
                        (two, last) ->
                                Stream.concat(two.stream(), Stream.of(last)).toList())
                .thenApply(this::together);
    }

    private Outcome together(List<Outcome> answers) {
        var known = answers.stream()
                .filter(answer -> !answer.isSkipped())
                .sorted(Comparator.comparing(answer -> !PUBLIC.equals(answer.reason())))
                .toList();
        var worst = Outcome.combined(known, Outcome.pass("strangers are refused by " + rules.describe()));
        boolean isAllKnown = known.size() == answers.size();
        return isAllKnown || worst.status() != Status.PASS
                ? worst
                : Outcome.skipped(
                        "strangers may not list " + rules.describe() + ", but whether its policy or ACL lets them"
                                + " read is not shown to these keys: allow them s3:GetBucketPolicyStatus and s3:GetBucketAcl");
    }

    /** A page for every path is no listing, so it counts what is in it. */
    private Outcome judge(HttpAnswer answer) {
        int status = answer.status();
        if (status >= 200 && status <= 299 && answer.body().contains("<ListBucketResult")) {
            return Outcome.warn("strangers may list " + rules.describe())
                    .reason(PUBLIC)
                    .hint(HINT);
        }
        boolean isRefusal = status >= 400 && status <= 499 && status != 408 && status != 429;
        return isRefusal
                ? Outcome.pass("strangers may not list it")
                : Outcome.warn(answer.target() + " answers " + status
                                + " to a stranger, expected 403, so what they see is not known")
                        .reason("http_status")
                        .hint("check that the endpoint is that of the storage; look at its log");
    }

    private static Outcome unanswered(Outcome fault) {
        var reason = fault.reason();
        var outcome = Outcome.warn(fault.message() + ", so what strangers see is not known")
                .hint("look at the proxy before the storage, and at its log");
        return reason == null ? outcome : outcome.reason(reason);
    }

    /** What a store has no notion of lets nobody in; what is not shown to us may. */
    private CompletionStage<Outcome> heard(CompletionStage<Boolean> answer, String what) {
        return answer.handle((isPublic, failure) -> {
            if (failure == null) {
                return isPublic
                        ? Outcome.warn("the " + what + " of " + rules.describe() + " says that it lets everybody in")
                                .reason(PUBLIC)
                                .hint(HINT)
                        : Outcome.pass("its " + what + " keeps strangers out");
            }
            return switch (ObjectStoreException.faultOf(failure)) {
                case NOT_IMPLEMENTED -> Outcome.pass("it knows no " + what);
                case ACCESS_DENIED -> Outcome.skipped("its " + what + " is not shown to these keys");
                default -> ObjectStoreException.unknown(failure, "the " + what + " of " + rules.describe());
            };
        });
    }
}
