package dev.koda.checks.objectstore;

import dev.koda.checks.CheckContext;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * What a bucket is configured to do. Implementations are as those of {@link ObjectStore}; a stage fails with {@link
 * ObjectStoreFault#NOT_IMPLEMENTED} where the store does not know the call, and with {@link
 * ObjectStoreFault#ACCESS_DENIED} where it does not answer it to us.
 */
public interface BucketRules {
    /** Where the bucket is, for people; no credentials. */
    String describe();

    /** Whether its policy lets everybody in. */
    CompletionStage<Boolean> isPublicByPolicy(CheckContext context);

    /** Whether its access control list does. */
    CompletionStage<Boolean> isPublicByGrants(CheckContext context);

    /** What becomes of uploads in parts that nobody completes. */
    CompletionStage<UploadRules> uploadRules(CheckContext context);

    /**
     * What becomes of unfinished uploads.
     *
     * @param isStoreCleaning true if the store aborts them without a rule, and takes none
     * @param aborting the rules in force that abort them
     */
    record UploadRules(boolean isStoreCleaning, List<AbortRule> aborting) {
        public UploadRules {
            aborting = List.copyOf(aborting);
        }
    }

    /**
     * A rule that aborts unfinished uploads.
     *
     * @param days after they began
     * @param prefix of the keys that it is for; empty for all
     */
    record AbortRule(int days, String prefix) {
        public AbortRule {
            Objects.requireNonNull(prefix, "prefix");
        }
    }
}
