package dev.koda.checks.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.EngineRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/** What kind {@code s3} of koda.yaml asks of objects. */
class NewestCheckTest {
    private static final AgeLimits DAY = new AgeLimits(24.0, 48.0);

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    private static void put(String key) {
        STORAGE.admin()
                .putObject(ask -> ask.bucket(Storage.BUCKET).key(key), AsyncRequestBody.fromBytes(new byte[1]))
                .join();
    }

    private static CheckResult run(Check check) {
        return EngineRun.result(CheckSpec.of("app.newest")
                .in(Suite.DOCTOR)
                .timeout(Duration.ofSeconds(10))
                .run(check));
    }

    private static CheckResult real(S3Connection connection, String prefix) {
        try (var store = Storage.store(connection)) {
            return run(ObjectStoreChecks.newest(store, prefix, DAY, TimeSource.system()));
        }
    }

    private static CheckResult aged(AgeLimits limits, Duration... ages) {
        var now = Instant.now();
        var objects = List.of(ages).stream()
                .map(age -> new ObjectListing.ListedObject("pg/" + age, now.minus(age), 1))
                .toList();
        return run(ObjectStoreChecks.newest(new Known(objects, true), "pg/", limits, TimeSource.system()));
    }

    @Test
    void theObjectsUnderAPrefixCountAndDirectoriesDoNot() {
        put("pg/base.tar");
        put("pg/");
        put("other/a");

        var result = real(STORAGE.connection(), "pg/");

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(result.message())
                .startsWith(
                        "bucket koda-objects at " + STORAGE.endpoint() + ", prefix pg/: the newest of 1 objects is 0");
    }

    @Test
    void anEmptyPrefixIsTheWholeBucketButOurCanary() {
        STORAGE.makeVersionedBucket("canaries");
        STORAGE.admin()
                .putObject(
                        ask -> ask.bucket("canaries").key(".koda/doctor/host-cli"),
                        AsyncRequestBody.fromBytes(new byte[1024]))
                .join();

        assertThat(real(STORAGE.connection("canaries"), "").message())
                .isEqualTo("bucket canaries at " + STORAGE.endpoint() + ": there is no object");
    }

    @Test
    void nothingUnderThePrefixFails() {
        var result = real(STORAGE.connection(), "nothing/");

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(new Reason("no_object"));
    }

    @Test
    void aBucketThatIsNotThereFails() {
        assertThat(real(STORAGE.connection("absent"), "").reason()).isEqualTo(new Reason("no_such_bucket"));
    }

    @ParameterizedTest(name = "{0} min: {1}")
    @CsvSource({"1439, PASS, 24 h old", "1441, WARN, '24.1 h old, limit 24 h'", "2881, FAIL, '48.1 h old, limit 48 h'"})
    void theAgeOfTheNewestIsJudged(int minutes, Status status, String end) {
        var result = aged(DAY, Duration.ofMinutes(minutes), Duration.ofDays(30));

        assertThat(result.status()).as(result.message()).isEqualTo(status);
        assertThat(result.message()).endsWith(": the newest of 2 objects is " + end);
        assertThat(result.reason()).isEqualTo(status == Status.PASS ? null : new Reason("object_old"));
    }

    @Test
    void withoutLimitsAnyAgeWillDo() {
        assertThat(aged(new AgeLimits(null, null), Duration.ofDays(999)).status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void aStampOfTheFutureIsNoAge() {
        assertThat(aged(DAY, Duration.ofHours(-2)).reason()).isEqualTo(new Reason("future_stamp"));
        assertThat(aged(DAY, Duration.ofSeconds(-30)).status()).isEqualTo(Status.PASS);
    }

    @Test
    void aLongListIsNotLookedAtToItsEnd() {
        var old = List.of(new ObjectListing.ListedObject("a", Instant.now().minus(Duration.ofDays(9)), 1));
        var young = List.of(new ObjectListing.ListedObject("a", Instant.now(), 1));

        var late = run(ObjectStoreChecks.newest(new Known(old, false), "", DAY, TimeSource.system()));
        var enough = run(ObjectStoreChecks.newest(new Known(young, false), "", DAY, TimeSource.system()));

        assertThat(late.status()).isEqualTo(Status.WARN);
        assertThat(late.reason()).isEqualTo(new Reason("listing_unfinished"));
        assertThat(enough.status()).isEqualTo(Status.PASS);
    }

    @Test
    void whatWasSeenUntilTheTimeWasUpMayBeEnough() {
        var old = List.of(new ObjectListing.ListedObject("a", Instant.now().minus(Duration.ofDays(9)), 1));
        var young = List.of(new ObjectListing.ListedObject("a", Instant.now(), 1));

        assertThat(run(ObjectStoreChecks.newest(new Late(young), "", DAY, TimeSource.system()))
                        .status())
                .isEqualTo(Status.PASS);
        assertThat(run(ObjectStoreChecks.newest(new Late(old), "", DAY, TimeSource.system()))
                        .reason())
                .isEqualTo(new Reason("listing_unfinished"));
        assertThat(run(ObjectStoreChecks.newest(new Late(List.of()), "", DAY, TimeSource.system()))
                        .reason())
                .isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void aStampOfTheFutureIsOneWhateverElseThereIs() {
        var ahead = List.of(new ObjectListing.ListedObject("a", Instant.now().plus(Duration.ofHours(2)), 1));

        var result = run(ObjectStoreChecks.newest(new Known(ahead, false), "", DAY, TimeSource.system()));

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(new Reason("future_stamp"));
    }

    /** These objects, and then the time is up. */
    private record Late(List<ListedObject> objects) implements ObjectListing {
        @Override
        public String describe() {
            return "bucket late";
        }

        @Override
        public CompletionStage<Boolean> each(
                CheckContext context, String prefix, int mostPages, Consumer<ListedObject> consumer) {
            objects.forEach(consumer);
            return CompletableFuture.failedFuture(new ObjectStoreException(ObjectStoreFault.TIMEOUT));
        }
    }

    /** These objects, and more of them if that is not all. */
    private record Known(List<ListedObject> objects, boolean isAll) implements ObjectListing {
        @Override
        public String describe() {
            return "bucket known";
        }

        @Override
        public CompletionStage<Boolean> each(
                CheckContext context, String prefix, int mostPages, Consumer<ListedObject> consumer) {
            objects.forEach(consumer);
            return CompletableFuture.completedFuture(isAll);
        }
    }
}
