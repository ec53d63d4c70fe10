package dev.koda.checks.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Observed;
import dev.koda.checks.Reason;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LifecycleCheckTest {
    private static final String ID = "object-store.lifecycle";

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    private final BucketStandIn bucket = new BucketStandIn();

    @AfterEach
    void close() {
        bucket.close();
    }

    private CheckResult result() {
        return EngineRun.named(EngineRun.report(bucket.specs()), ID);
    }

    private static String why(Report report) {
        return report.skipped().stream()
                .filter(skipped -> skipped.id().name().equals(ID))
                .map(skipped -> skipped.why())
                .findFirst()
                .orElse("not skipped");
    }

    @Test
    void aRuleThatAbortsUploadsPasses() {
        var result = result();

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.message()).isEqualTo("unfinished uploads are aborted after 7 days");
        assertThat(result.outcome().observed()).containsEntry("abort_after", new Observed(7L, "days"));
    }

    @Test
    void aRuleForAPartOfTheBucketSaysForWhich() {
        bucket.with("lifecycle", BucketStandIn.abortingAfter(1, "koda/"));

        assertThat(result().message()).isEqualTo("unfinished uploads under koda/ are aborted after 1 day");
    }

    @Test
    void aRuleOfOldHasItsPrefixBesideTheFilter() {
        bucket.with(
                "lifecycle",
                BucketStandIn.rule("<Status>Enabled</Status><Prefix>old/</Prefix><AbortIncompleteMultipartUpload>"
                        + "<DaysAfterInitiation>3</DaysAfterInitiation></AbortIncompleteMultipartUpload>"));

        assertThat(result().message()).isEqualTo("unfinished uploads under old/ are aborted after 3 days");
    }

    @Test
    void noConfigurationWarns() {
        bucket.with("lifecycle", BucketStandIn.error(404, "NoSuchLifecycleConfiguration"));

        assertThat(result().status()).isEqualTo(Status.WARN);
        assertThat(result().reason()).isEqualTo(new Reason("no_abort_rule"));
        assertThat(result().message())
                .isEqualTo("no rule of " + bucket.bucket()
                        + " aborts unfinished uploads, whose parts take room and are in no listing");
    }

    @Test
    void anAnswerWithoutAnyRuleIsNoneToThatCall() {
        bucket.with("lifecycle", BucketStandIn.LISTING);

        assertThat(why(EngineRun.report(bucket.specs()))).isEqualTo(bucket.bucket() + " knows no lifecycle rules");
    }

    @Test
    void aMethodThatIsNotAllowedNeedsNoCode() {
        bucket.with("lifecycle", new BucketStandIn.Answer(405, "", ""));

        assertThat(why(EngineRun.report(bucket.specs()))).isEqualTo(bucket.bucket() + " knows no lifecycle rules");
    }

    @Test
    void anObjectThatIsNotThereSaysNothingOfRules() {
        bucket.with("lifecycle", BucketStandIn.error(404, "NoSuchKey"));

        assertThat(result().reason()).isEqualTo(new Reason("request_failed"));
    }

    @Test
    void aRuleThatOnlyExpiresObjectsWarns() {
        bucket.with(
                "lifecycle",
                BucketStandIn.rule("<Status>Enabled</Status><Filter/><Expiration><Days>30</Days></Expiration>"));

        assertThat(result().reason()).isEqualTo(new Reason("no_abort_rule"));
    }

    @Test
    void aRuleThatIsNotInForceWarns() {
        bucket.with(
                "lifecycle",
                BucketStandIn.rule("<Status>Disabled</Status><Filter/><AbortIncompleteMultipartUpload>"
                        + "<DaysAfterInitiation>3</DaysAfterInitiation></AbortIncompleteMultipartUpload>"));

        assertThat(result().reason()).isEqualTo(new Reason("no_abort_rule"));
    }

    @Test
    void aStoreThatCleansByItselfIsSkipped() {
        bucket.with(
                "lifecycle",
                new BucketStandIn.Answer(404, "<Error><Code>NoSuchLifecycleConfiguration</Code></Error>", "MinIO"));

        assertThat(why(EngineRun.report(bucket.specs()))).startsWith("MinIO aborts unfinished uploads by itself");
    }

    @Test
    void aStoreThatCleansByItselfIsKnownAlsoWhereItHasRules() {
        bucket.with(
                "lifecycle",
                new BucketStandIn.Answer(
                        200,
                        "<LifecycleConfiguration><Rule><Status>Enabled</Status><Expiration><Days>3</Days>"
                                + "</Expiration></Rule></LifecycleConfiguration>",
                        "MinIO"));

        assertThat(why(EngineRun.report(bucket.specs()))).startsWith("MinIO aborts unfinished uploads by itself");
    }

    @Test
    void rulesThatAreNotShownToUsAreNotPassed() {
        bucket.with("lifecycle", BucketStandIn.DENIED);

        assertThat(why(EngineRun.report(bucket.specs()))).endsWith("allow them s3:GetLifecycleConfiguration");
    }

    @Test
    void anErrorOfTheStoreWarnsWithItsReason() {
        bucket.with("lifecycle", BucketStandIn.error(500, "InternalError"));

        assertThat(result().status()).isEqualTo(Status.WARN);
        assertThat(result().reason()).isEqualTo(new Reason("server_error"));
    }

    @Test
    void aRealStoreThatKnowsNoRulesIsSkipped() {
        var connection = STORAGE.connection();
        try (var loopback = new Loopback();
                var store = STORAGE.store()) {
            var specs = Stream.concat(
                            ObjectStoreChecks.of(store, ObjectStoreOptions.of("host", "test"), TimeSource.system())
                                    .stream(),
                            ObjectStoreChecks.rules(store, connection.url(), loopback.http()).stream())
                    .toList();

            assertThat(why(EngineRun.report(specs))).isEqualTo(connection + " knows no lifecycle rules");
        }
    }
}
