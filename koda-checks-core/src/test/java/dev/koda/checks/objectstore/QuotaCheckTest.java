package dev.koda.checks.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Observed;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.Threshold;
import dev.koda.checks.objectstore.headroom.HeadroomChecks;
import dev.koda.checks.objectstore.headroom.HeadroomOptions;
import dev.koda.checks.testing.EngineRun;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/** {@code object-store.headroom[quota]}, over the real S3 protocol; what takes a hundred pages, over a listing by hand. */
class QuotaCheckTest {
    @RegisterExtension
    static final Storage STORAGE = new Storage();

    @BeforeAll
    static void fill() {
        for (var key : new String[] {"a", "koda/b", ".koda/doctor/c"}) {
            STORAGE.admin()
                    .putObject(ask -> ask.bucket(Storage.BUCKET).key(key), AsyncRequestBody.fromBytes(new byte[300]))
                    .join();
        }
    }

    private static CheckResult run(S3Connection connection, long quota) {
        try (var store = Storage.store(connection)) {
            return run(store, quota);
        }
    }

    private static CheckResult run(ObjectListing listing, long quota) {
        return EngineRun.result(HeadroomChecks.quota(listing, quota, HeadroomOptions.defaults()));
    }

    @ParameterizedTest(name = "900 bytes of {0}: {1}, {2}")
    @CsvSource({
        "9000, PASS, 90.0 % of the quota free",
        "1059, PASS, 15.0 % of the quota free",
        "1058, WARN, 14.9 % of the quota free",
        "948, WARN, 5.0 % of the quota free",
        "947, FAIL, 4.9 % of the quota free",
        "900, FAIL, 0.0 % of the quota free",
        "300, FAIL, 0.0 % of the quota free"
    })
    void holdsTheSumOfAllObjectsAgainstTheQuota(long quota, Status status, String start) {
        var result = run(STORAGE.connection(), quota);

        assertThat(result.message()).startsWith(start);
        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(status == Status.PASS ? null : new Reason("low_space"));
        assertThat(result.outcome().observed())
                .containsEntry("used_bytes", new Observed(900L, "bytes"))
                .containsEntry("objects", new Observed(3L, "objects"));
    }

    @Test
    void saysFiguresAndLimit() {
        var result = run(STORAGE.connection(), 2000);

        assertThat(result.message()).isEqualTo("55.0 % of the quota free, limit 15.0 % (1.1 KiB of 2.0 KiB)");
        assertThat(result.outcome().thresholds())
                .containsExactly(new Threshold("free", Threshold.Direction.BELOW, "percent", 15.0, 5.0));
    }

    @Test
    void limitsCanBeOthers() {
        try (var store = STORAGE.store()) {
            var options = HeadroomOptions.defaults().free(95, 91);

            assertThat(EngineRun.result(HeadroomChecks.quota(store, 9000, options))
                            .status())
                    .isEqualTo(Status.FAIL);
        }
    }

    @Test
    void aListingThatIsRefusedIsNotKnownRoom() {
        var connection =
                new S3Connection(STORAGE.endpoint(), "us-east-1", Storage.BUCKET, Storage.ACCESS_KEY, "wrong-secret");

        var result = run(connection, 9000);

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("access_denied"));
        assertThat(result.message()).endsWith("access is denied, so how much room is left is not known");
    }

    @Test
    void stopsAfterAHundredPagesAndSaysSo() {
        var bucket = new Endless(true);

        var result = run(bucket, 1L << 40);

        assertThat(bucket.pages).isEqualTo(100);
        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("listing_unfinished"));
        assertThat(result.message())
                .isEqualTo("the first 100000 objects have 97.7 MiB of the quota of 1.0 TiB, and the others were not"
                        + " looked at, so the room is not known");
    }

    @Test
    void whatIsTooMuchAlreadyNeedsNoEndOfTheListing() {
        var result = run(new Endless(true), 100_000 * 1024L);

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(new Reason("low_space"));
        assertThat(result.message()).startsWith("at most 0.0 % of the quota free");
    }

    @Test
    void aListingThatTheTimeEndsIsUnfinishedToo() {
        var result = run(new Endless(false), 1L << 40);

        assertThat(result.reason()).isEqualTo(new Reason("listing_unfinished"));
        assertThat(result.message()).startsWith("the first 100000 objects");
    }

    @Test
    void aListingWithoutAnyAnswerIsATimeOut() {
        var result = run(new Silent(), 1L << 40);

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void listsTwiceAnHourAndNotAtEveryCall() {
        var spec = HeadroomChecks.quota(STORAGE.store(), 1, HeadroomOptions.defaults());

        assertThat(spec.every()).isEqualTo(Duration.ofMinutes(30));
        assertThat(spec.everyWhenFailing()).isEqualTo(Duration.ofMinutes(15));
        assertThat(spec.ttl()).isEqualTo(Duration.ofMinutes(1));
    }

    /** The same page again would count its objects again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<IsTruncated>true</IsTruncated>",
                "<IsTruncated>true</IsTruncated><NextMarker>b</NextMarker>",
                "<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>",
                "<IsTruncated>false</IsTruncated><Contents><Key>b</Key></Contents>"
            })
    void aPageThatLeadsNowhereOrSaysTooLittleIsNotKnownRoom(String said) {
        var listing = "<ListBucketResult>" + said + "<Contents><Key>a</Key><LastModified>2026-01-01T00:00:00Z"
                + "</LastModified><Size>300</Size></Contents></ListBucketResult>";
        try (var bucket = new BucketStandIn().with("list-type", new BucketStandIn.Answer(200, listing, ""))) {
            var result = run(bucket.store(), 9000);

            assertThat(result.status()).isEqualTo(Status.WARN);
            assertThat(result.reason()).as(result.message()).isEqualTo(new Reason("request_failed"));
        }
    }

    /** A bucket that never ends, of objects of 1 KiB. */
    private static final class Endless implements ObjectListing {
        private final boolean isQuick;
        private int pages;

        Endless(boolean isQuick) {
            this.isQuick = isQuick;
        }

        @Override
        public String describe() {
            return "bucket endless";
        }

        @Override
        public CompletionStage<Boolean> each(
                CheckContext context, String prefix, int mostPages, Consumer<ListedObject> consumer) {
            for (pages = 0; pages < mostPages; pages++) {
                for (int i = 0; i < PAGE; i++) {
                    consumer.accept(new ListedObject("key", Instant.EPOCH, 1024));
                }
            }
            return isQuick
                    ? CompletableFuture.completedFuture(false)
                    : CompletableFuture.failedFuture(new ObjectStoreException(ObjectStoreFault.TIMEOUT));
        }
    }

    private static final class Silent implements ObjectListing {
        @Override
        public String describe() {
            return "bucket silent";
        }

        @Override
        public CompletionStage<Boolean> each(
                CheckContext context, String prefix, int mostPages, Consumer<ListedObject> consumer) {
            return CompletableFuture.failedFuture(new ObjectStoreException(ObjectStoreFault.TIMEOUT));
        }
    }
}
