package dev.koda.checks.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.EngineRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.async.AsyncRequestBody;

class CanaryCheckTest {
    private static final String KEY = ".koda/doctor/host-cli";

    /** A busy machine must not make a right answer a slow one. */
    private static final Duration PATIENT = Duration.ofSeconds(20);

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    @Test
    void writesReadsAndLeavesNothing() {
        var result = run(Storage.BUCKET, store -> store);

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.message()).startsWith("1 KiB written, read back and deleted in ");
        assertThat(keys(Storage.BUCKET)).isZero();
    }

    @Test
    void leavesNoVersionInABucketThatKeepsThem() {
        STORAGE.makeVersionedBucket("versioned");

        assertThat(run("versioned", store -> store).status()).isEqualTo(Status.PASS);
        assertThat(versions("versioned")).isZero();
    }

    @Test
    void removesTheVersionThatACrashedRunLeft() {
        STORAGE.makeVersionedBucket("crashed");
        put("crashed", Canary.write(Instant.now().minus(Duration.ofHours(1))).content());

        assertThat(run("crashed", store -> store).status()).isEqualTo(Status.PASS);
        assertThat(versions("crashed")).isZero();
    }

    @Test
    void leavesTheVersionOfARunThatMayStillGoOn() {
        STORAGE.makeVersionedBucket("busy");
        put("busy", Canary.write(Instant.now()).content());

        assertThat(run("busy", store -> store).status()).isEqualTo(Status.PASS);
        assertThat(versions("busy")).isOne();
    }

    @Test
    void failsWhenOneByteComesBackChanged() {
        var result = run(Storage.BUCKET, store -> new Faulty(store) {
            @Override
            StoredObject read(StoredObject object) {
                object.content()[512] ^= 1;
                return object;
            }
        });

        assertThat(result.reason()).isEqualTo(new Reason("corrupt"));
        assertThat(keys(Storage.BUCKET)).isZero();
    }

    @Test
    void failsWhenTheEndIsMissing() {
        var result = run(Storage.BUCKET, store -> new Faulty(store) {
            @Override
            StoredObject read(StoredObject object) {
                return new StoredObject(Arrays.copyOf(object.content(), 100), object.version());
            }
        });

        assertThat(result.reason()).isEqualTo(new Reason("corrupt"));
        assertThat(result.message()).contains("100 bytes, expected 1024");
    }

    @Test
    void triesOnceMoreWhenAnotherRunUsesTheKey() {
        var reads = new AtomicInteger();

        var result = run(Storage.BUCKET, store -> new Faulty(store) {
            @Override
            StoredObject read(StoredObject object) {
                return reads.incrementAndGet() == 1 ? foreign() : object;
            }
        });

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(reads).hasValue(2);
        assertThat(keys(Storage.BUCKET)).isZero();
    }

    @Test
    void onlyWarnsWhenAnotherRunKeepsUsingTheKey() {
        var result = run(Storage.BUCKET, store -> new Faulty(store) {
            @Override
            StoredObject read(StoredObject object) {
                return foreign();
            }
        });

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("contended"));
        STORAGE.admin().deleteObject(ask -> ask.bucket(Storage.BUCKET).key(KEY)).join();
    }

    @Test
    void failsWhenWhatWasWrittenIsNotThere() {
        var result = run(Storage.BUCKET, store -> new Faulty(store) {
            @Override
            public CompletionStage<Optional<String>> put(CheckContext context, String key, byte[] content) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
        });

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(new Reason("no_such_key"));
    }

    @Test
    void warnsWhenDeletingIsNotAllowed() {
        var result = run(Storage.BUCKET, store -> new Faulty(store) {
            @Override
            public CompletionStage<Void> delete(CheckContext context, String key, Optional<String> version) {
                return CompletableFuture.failedFuture(new ObjectStoreException(ObjectStoreFault.ACCESS_DENIED));
            }
        });

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("orphan"));
        // Not the key: a server and a command have different ones, and their reports are alike.
        assertThat(result.message()).endsWith("could not be deleted: access is denied");
        assertThat(result.outcome().hint()).doesNotContain("host-cli");
        STORAGE.admin().deleteObject(ask -> ask.bucket(Storage.BUCKET).key(KEY)).join();
    }

    @Test
    void warnsWhenADeletedObjectIsStillThere() {
        var result = run(Storage.BUCKET, store -> new Faulty(store) {
            @Override
            public CompletionStage<Void> delete(CheckContext context, String key, Optional<String> version) {
                return CompletableFuture.completedFuture(null);
            }
        });

        assertThat(result.reason()).isEqualTo(new Reason("orphan"));
        STORAGE.admin().deleteObject(ask -> ask.bucket(Storage.BUCKET).key(KEY)).join();
    }

    @Test
    void doesNotRunWithoutABucket() {
        var result = run("no-such-bucket", store -> store);

        assertThat(result.isNotRun()).isTrue();
        assertThat(String.valueOf(result.rootCause())).isEqualTo("object-store.bucket");
    }

    @Test
    void passesOnWhatAStoreThrewAgainstItsContract() {
        var result = run(Storage.BUCKET, store -> new Faulty(store) {
            @Override
            public CompletionStage<Optional<String>> put(CheckContext context, String key, byte[] content) {
                return CompletableFuture.failedFuture(new IllegalStateException("secret text"));
            }
        });

        assertThat(result.reason()).isEqualTo(Reason.ERROR);
        assertThat(result.message()).doesNotContain("secret text");
    }

    @Test
    void judgesTheRoundTripByItsLimits() {
        assertThat(tookMillis(1000).status()).isEqualTo(Status.PASS);
        assertThat(tookMillis(1001).status()).isEqualTo(Status.WARN);
        assertThat(tookMillis(5000).status()).isEqualTo(Status.WARN);
        assertThat(tookMillis(5001).status()).isEqualTo(Status.FAIL);
        assertThat(tookMillis(5001).reason()).isEqualTo(new Reason("slow"));
    }

    @Test
    void hasOneKeyForEachHostAndVantagePoint() {
        assertThat(ObjectStoreOptions.of("db-1.example", "server").canaryKey())
                .isEqualTo(".koda/doctor/db-1.example-server");
        assertThat(ObjectStoreOptions.of("a/../b c", "cli").canaryKey()).isEqualTo(".koda/doctor/a_.._b_c-cli");
    }

    private static Outcome tookMillis(long millis) {
        try (var store = STORAGE.store()) {
            return new CanaryCheck(store, ObjectStoreOptions.of("host", "cli"), TimeSource.system())
                    .timed(Outcome.pass("written"), millis);
        }
    }

    private static ObjectStore.StoredObject foreign() {
        return new ObjectStore.StoredObject(Canary.write(Instant.now()).content(), Optional.empty());
    }

    private static CheckResult run(String bucket, UnaryOperator<ObjectStore> faults) {
        try (var store = Storage.store(STORAGE.connection(bucket))) {
            var specs = ObjectStoreChecks.of(
                    faults.apply(store),
                    ObjectStoreOptions.of("host", "cli").roundTrip(PATIENT, PATIENT),
                    TimeSource.system());
            return EngineRun.named(EngineRun.report(specs), "object-store.canary");
        }
    }

    private static void put(String bucket, byte[] content) {
        STORAGE.admin()
                .putObject(ask -> ask.bucket(bucket).key(KEY), AsyncRequestBody.fromBytes(content))
                .join();
    }

    private static int keys(String bucket) {
        return STORAGE.admin()
                .listObjectsV2(ask -> ask.bucket(bucket))
                .join()
                .contents()
                .size();
    }

    private static int versions(String bucket) {
        var listed =
                STORAGE.admin().listObjectVersions(ask -> ask.bucket(bucket)).join();
        return listed.versions().size() + listed.deleteMarkers().size();
    }

    /** A real store that goes wrong in one way. */
    private static class Faulty implements ObjectStore {
        private final ObjectStore real;

        Faulty(ObjectStore real) {
            this.real = real;
        }

        StoredObject read(StoredObject object) {
            return object;
        }

        @Override
        public String describe() {
            return real.describe();
        }

        @Override
        public CompletionStage<Void> head(CheckContext context) {
            return real.head(context);
        }

        @Override
        public CompletionStage<Optional<String>> put(CheckContext context, String key, byte[] content) {
            return real.put(context, key, content);
        }

        @Override
        public CompletionStage<StoredObject> get(CheckContext context, String key) {
            return real.get(context, key).thenApply(this::read);
        }

        @Override
        public CompletionStage<Void> delete(CheckContext context, String key, Optional<String> version) {
            return real.delete(context, key, version);
        }
    }
}
