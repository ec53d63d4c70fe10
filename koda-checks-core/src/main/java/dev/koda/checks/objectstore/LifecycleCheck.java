package dev.koda.checks.objectstore;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.objectstore.BucketRules.AbortRule;
import dev.koda.checks.objectstore.BucketRules.UploadRules;
import java.util.Comparator;
import java.util.concurrent.CompletionStage;

/** Does a rule abort uploads in parts that nobody completes? Their parts take room, and no listing shows them. */
final class LifecycleCheck implements Check {
    private final BucketRules rules;

    LifecycleCheck(BucketRules rules) {
        this.rules = rules;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return rules.uploadRules(context)
                .handle((answer, failure) -> failure == null ? judge(answer) : unknown(failure));
    }

    private Outcome judge(UploadRules answer) {
        if (answer.isStoreCleaning()) {
            return Outcome.skipped("MinIO aborts unfinished uploads by itself and takes no rule for that");
        }
        return answer.aborting().stream()
                .min(Comparator.comparing((AbortRule rule) -> !rule.prefix().isEmpty())
                        .thenComparing(AbortRule::days))
                .map(LifecycleCheck::pass)
                .orElseGet(() -> Outcome.warn("no rule of " + rules.describe()
                                + " aborts unfinished uploads, whose parts take room and are in no listing")
                        .reason("no_abort_rule")
                        .hint("add a lifecycle rule with AbortIncompleteMultipartUpload, such as after 7 days"));
    }

    private static Outcome pass(AbortRule rule) {
        var where = rule.prefix().isEmpty() ? "" : " under " + rule.prefix();
        return Outcome.pass("unfinished uploads" + where + " are aborted after " + rule.days()
                        + (rule.days() == 1 ? " day" : " days"))
                .observed("abort_after", rule.days(), "days");
    }

    private Outcome unknown(Throwable failure) {
        return switch (ObjectStoreException.faultOf(failure)) {
            case NOT_IMPLEMENTED -> Outcome.skipped(rules.describe() + " knows no lifecycle rules");
            case ACCESS_DENIED ->
                Outcome.skipped("the lifecycle rules of " + rules.describe()
                        + " are not shown to these keys: allow them s3:GetLifecycleConfiguration");
            default -> ObjectStoreException.unknown(failure, "the lifecycle rules of " + rules.describe());
        };
    }
}
