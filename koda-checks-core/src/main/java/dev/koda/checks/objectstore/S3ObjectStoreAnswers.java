package dev.koda.checks.objectstore;

import dev.koda.checks.objectstore.BucketRules.AbortRule;
import dev.koda.checks.objectstore.BucketRules.UploadRules;
import dev.koda.checks.objectstore.ObjectListing.ListedObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyStatusResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What the answers of the AWS SDK about a bucket mean. A store that does not know a call may answer it with
 * a listing, in which nothing is said of what was asked: then these are empty. A part of {@link S3ObjectStore}.
 */
final class S3ObjectStoreAnswers {
    /** The groups of S3 that strangers belong to; the second is whoever has an account, of any customer. */
    private static final Set<String> EVERYBODY = Set.of(
            "http://acs.amazonaws.com/groups/global/AllUsers",
            "http://acs.amazonaws.com/groups/global/AuthenticatedUsers");

    private S3ObjectStoreAnswers() {}

    /** Empty if it says too little of the object. */
    static Optional<ListedObject> listed(S3Object object) {
        return object.key() == null || object.lastModified() == null || object.size() == null
                ? Optional.empty()
                : Optional.of(new ListedObject(object.key(), object.lastModified(), object.size()));
    }

    /** What leads to the page after this one; empty if that would be the same page again. */
    static Optional<String> next(ListObjectsV2Response page, @Nullable String token) {
        return Optional.ofNullable(page.nextContinuationToken()).filter(next -> !next.equals(token));
    }

    static Optional<Boolean> isPublic(GetBucketPolicyStatusResponse answer) {
        return Optional.ofNullable(answer.policyStatus()).flatMap(status -> Optional.ofNullable(status.isPublic()));
    }

    static Optional<Boolean> isPublic(GetBucketAclResponse answer) {
        return answer.grants().isEmpty()
                ? Optional.empty()
                : Optional.of(answer.grants().stream()
                        .map(grant -> grant.grantee())
                        .filter(Objects::nonNull)
                        .anyMatch(grantee -> grantee.uri() != null && EVERYBODY.contains(grantee.uri())));
    }

    /** S3 takes no configuration without a rule, so that is an answer to something else. */
    static Optional<UploadRules> uploadRules(GetBucketLifecycleConfigurationResponse answer) {
        boolean isStoreCleaning = isStoreCleaning(answer.sdkHttpResponse());
        var aborting =
                answer.rules().stream().flatMap(S3ObjectStoreAnswers::abortRule).toList();
        return answer.rules().isEmpty() && !isStoreCleaning
                ? Optional.empty()
                : Optional.of(new UploadRules(isStoreCleaning, aborting));
    }

    /** Those of a bucket that has none. */
    static UploadRules noUploadRules(Throwable failure) {
        boolean isStoreCleaning = S3ObjectStoreFaults.responseOf(failure)
                .filter(S3ObjectStoreAnswers::isStoreCleaning)
                .isPresent();
        return new UploadRules(isStoreCleaning, List.of());
    }

    /** MinIO drops such rules without a word, and cleans by itself (minio/minio, issue 19115). */
    private static boolean isStoreCleaning(SdkHttpResponse response) {
        return response.firstMatchingHeader("Server")
                .filter(server -> server.startsWith("MinIO"))
                .isPresent();
    }

    private static Stream<AbortRule> abortRule(LifecycleRule rule) {
        var abort = rule.abortIncompleteMultipartUpload();
        if (rule.status() != ExpirationStatus.ENABLED || abort == null || abort.daysAfterInitiation() == null) {
            return Stream.empty();
        }
        return Stream.of(new AbortRule(abort.daysAfterInitiation(), prefixOf(rule)));
    }

    @SuppressWarnings("deprecation") // rules of old have their prefix beside the filter
    private static String prefixOf(LifecycleRule rule) {
        var filter = rule.filter();
        var all = filter == null ? null : filter.and();
        return Stream.of(
                        Optional.ofNullable(filter == null ? null : filter.prefix()),
                        Optional.ofNullable(all == null ? null : all.prefix()),
                        Optional.ofNullable(rule.prefix()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
    }
}
