package dev.koda.checks.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;

class PublicAccessCheckTest {
    private static final String ID = "object-store.public-access";

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

    private String skipped() {
        return why(EngineRun.report(bucket.specs()));
    }

    private static String why(Report report) {
        return report.skipped().stream()
                .filter(skipped -> skipped.id().name().equals(ID))
                .map(skipped -> skipped.why())
                .findFirst()
                .orElse("not skipped");
    }

    private static CheckResult real(String name) {
        var connection = STORAGE.connection(name);
        try (var loopback = new Loopback();
                var store = Storage.store(connection)) {
            var specs = Stream.concat(
                            ObjectStoreChecks.of(store, ObjectStoreOptions.of("host", "test"), TimeSource.system())
                                    .stream(),
                            ObjectStoreChecks.rules(store, connection.url(), loopback.http()).stream())
                    .toList();
            return EngineRun.named(EngineRun.report(specs), ID);
        }
    }

    @Test
    void aStoreThatRefusesStrangersPasses() {
        var result = real(Storage.BUCKET);

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(result.message()).isEqualTo("strangers are refused by bucket koda-objects at " + STORAGE.endpoint());
    }

    @Test
    void aBucketThatIsMadePublicIsSeenByTheStrangerAndByItsAcl() {
        STORAGE.admin().createBucket(ask -> ask.bucket("shown")).join();
        STORAGE.admin()
                .putBucketAcl(ask -> ask.bucket("shown").acl(BucketCannedACL.PUBLIC_READ))
                .join();

        var result = real("shown");

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("public_access"));
        assertThat(result.message())
                .contains("strangers may list")
                .contains("the ACL of")
                .contains("lets everybody in");
    }

    @Test
    void aPolicyThatSaysPublicWarnsWhereNobodyMayList() {
        bucket.with("policyStatus", BucketStandIn.policy("TRUE"));

        assertThat(result().reason()).isEqualTo(new Reason("public_access"));
        assertThat(result().message())
                .isEqualTo("the policy of " + bucket.bucket() + " says that it lets everybody in");
    }

    @Test
    void aPolicyThatKeepsStrangersOutPasses() {
        bucket.with("policyStatus", BucketStandIn.policy("FALSE"));

        assertThat(result().status()).isEqualTo(Status.PASS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AllUsers", "AuthenticatedUsers"})
    void aGrantToEverybodyWarns(String group) {
        bucket.with("acl", BucketStandIn.grants("http://acs.amazonaws.com/groups/global/" + group));

        assertThat(result().reason()).isEqualTo(new Reason("public_access"));
        assertThat(result().message()).isEqualTo("the ACL of " + bucket.bucket() + " says that it lets everybody in");
    }

    @Test
    void whatAStoreDoesNotKnowLetsNobodyIn() {
        bucket.with("policyStatus", BucketStandIn.UNKNOWN_CALL)
                .with("acl", BucketStandIn.error(405, "MethodNotAllowed"));

        assertThat(result().status()).isEqualTo(Status.PASS);
    }

    @Test
    void aListingInPlaceOfAnAnswerSaysNothing() {
        bucket.with("policyStatus", BucketStandIn.LISTING).with("acl", BucketStandIn.LISTING);

        assertThat(result().status()).isEqualTo(Status.PASS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"policyStatus", "acl"})
    void whatIsNotShownToUsIsNotPassed(String what) {
        bucket.with(what, BucketStandIn.DENIED);

        assertThat(skipped())
                .startsWith("strangers may not list " + bucket.bucket())
                .contains("s3:GetBucketPolicyStatus");
    }

    @Test
    void aListingForStrangersIsSeenAlsoWhereNothingElseIsShown() {
        bucket.with("policyStatus", BucketStandIn.DENIED)
                .with("acl", BucketStandIn.DENIED)
                .with("stranger", BucketStandIn.LISTING);

        assertThat(result().message()).isEqualTo("strangers may list " + bucket.bucket());
    }

    @Test
    void aPageThatIsNoListingIsNotKnownToBeOne() {
        bucket.with("stranger", new BucketStandIn.Answer(200, "<html>welcome</html>", ""));

        assertThat(result().reason()).isEqualTo(new Reason("http_status"));
        assertThat(result().message())
                .isEqualTo(
                        bucket.url() + "/koda answers 200 to a stranger, expected 403, so what they see is not known");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503, 302})
    void whatSaysNothingAboutStrangersWarns(int status) {
        bucket.with("stranger", BucketStandIn.error(status, "SlowDown"));

        assertThat(result().status()).isEqualTo(Status.WARN);
        assertThat(result().reason()).isEqualTo(new Reason("http_status"));
    }

    @Test
    void aStrangerWithoutAnAnswerIsNotKnown() {
        try (var loopback = new Loopback()) {
            var store = STORAGE.store();
            var specs = Stream.concat(
                            ObjectStoreChecks.of(store, ObjectStoreOptions.of("host", "test"), TimeSource.system())
                                    .stream(),
                            ObjectStoreChecks.rules(store, loopback.refused(), loopback.http()).stream())
                    .toList();
            var result = EngineRun.named(EngineRun.report(specs), ID);
            store.close();

            assertThat(result.status()).isEqualTo(Status.WARN);
            assertThat(result.reason()).isEqualTo(new Reason("connection_refused"));
        }
    }

    @Test
    void anAnswerThatIsAnErrorOfTheStoreWarnsWithItsReason() {
        bucket.with("policyStatus", BucketStandIn.error(503, "SlowDown"));

        assertThat(result().status()).isEqualTo(Status.WARN);
        assertThat(result().reason()).isEqualTo(new Reason("server_error"));
    }

    @Test
    void whatIsPublicCountsMoreThanWhatIsNotKnown() {
        bucket.with("stranger", BucketStandIn.error(503, "SlowDown"))
                .with("acl", BucketStandIn.grants("http://acs.amazonaws.com/groups/global/AllUsers"));

        assertThat(result().reason()).isEqualTo(new Reason("public_access"));
        assertThat(result().message()).contains("lets everybody in; ").contains("answers 503 to a stranger");
    }

    @Test
    void afterABucketThatIsDownItIsNotRun() {
        var connection = new S3Connection(STORAGE.endpoint(), "us-east-1", "absent", "a", "b");
        try (var loopback = new Loopback();
                var store = Storage.store(connection)) {
            var specs = Stream.concat(
                            ObjectStoreChecks.of(store, ObjectStoreOptions.of("host", "test"), TimeSource.system())
                                    .stream(),
                            ObjectStoreChecks.rules(store, connection.url(), loopback.http()).stream())
                    .toList();
            var report = EngineRun.report(specs);

            assertThat(report.checks())
                    .filteredOn(result -> !result.id().name().equals("object-store.bucket"))
                    .hasSize(3)
                    .allSatisfy(result -> assertThat(result.isNotRun()).isTrue());
        }
    }
}
