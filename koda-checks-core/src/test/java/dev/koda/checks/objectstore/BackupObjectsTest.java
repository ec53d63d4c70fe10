package dev.koda.checks.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Observed;
import dev.koda.checks.Reason;
import dev.koda.checks.Scope;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.backup.BackupChecks;
import dev.koda.checks.backup.BackupOptions;
import dev.koda.checks.backup.BackupSources;
import dev.koda.checks.testing.EngineRun;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/** {@code backup.age} of objects, over the real S3 protocol. */
class BackupObjectsTest {
    @RegisterExtension
    static final Storage STORAGE = new Storage();

    private static CompletableFuture<?> put(String key, int bytes) {
        return STORAGE.admin()
                .putObject(ask -> ask.bucket(Storage.BUCKET).key(key), AsyncRequestBody.fromBytes(new byte[bytes]));
    }

    private static CheckResult run(S3Connection connection, String prefix, TimeSource time) {
        try (var store = Storage.store(connection)) {
            return EngineRun.result(
                    BackupChecks.age("s3", BackupSources.objects(store, prefix), BackupOptions.defaults(), time));
        }
    }

    private static CheckResult run(String prefix) {
        return run(STORAGE.connection(), prefix, TimeSource.system());
    }

    @Test
    void readsEveryPageOfALongList() {
        int count = 2005;
        for (int from = 0; from < count; from += 100) {
            CompletableFuture.allOf(IntStream.range(from, Math.min(count, from + 100))
                            .mapToObj(i -> put("many/" + i, i + 1))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
        var seen = new Seen();

        try (var store = STORAGE.store()) {
            var result = EngineRun.result(BackupChecks.age(
                    "s3",
                    BackupSources.objects(seen.around(store), "many/"),
                    BackupOptions.defaults(),
                    TimeSource.system()));
            assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        }

        assertThat(seen.count).isEqualTo(count);
        assertThat(seen.bytes).isEqualTo(count * (count + 1L) / 2);
    }

    @Test
    void theObjectsOfAPrefixAreBackupsAndDirectoriesAreNot() {
        put("pg/base.tar", 700).join();
        put("pg/", 0).join();

        var result = run("pg/");

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(result.message())
                .startsWith("bucket koda-objects at " + STORAGE.endpoint() + ", prefix pg/: the newest backup is 0");
        assertThat(result.outcome().observed().get("size")).isEqualTo(new Observed(700L, "bytes"));
        assertThat(result.spec().scope()).isEqualTo(Scope.SHARED);
    }

    @Test
    void ourOwnCanaryIsNoBackup() {
        STORAGE.makeVersionedBucket("fresh");
        STORAGE.admin()
                .putObject(
                        ask -> ask.bucket("fresh").key(".koda/doctor/host-cli"),
                        AsyncRequestBody.fromBytes(new byte[1024]))
                .join();

        assertThat(run(STORAGE.connection("fresh"), "", TimeSource.system()).reason())
                .isEqualTo(new Reason("no_backup"));
    }

    @Test
    void theyGetOld() {
        put("old/base.tar", 1).join();

        assertThat(run(STORAGE.connection(), "old/", later(Duration.ofHours(25)))
                        .reason())
                .isEqualTo(new Reason("backup_old"));
    }

    @Test
    void nothingUnderThePrefixIsNoBackup() {
        assertThat(run("nothing/").reason()).isEqualTo(new Reason("no_backup"));
    }

    @Test
    void aBucketThatIsNotThereIsNamed() {
        var result = run(STORAGE.connection("absent"), "", TimeSource.system());

        assertThat(result.reason()).isEqualTo(new Reason("no_such_bucket"));
        assertThat(result.message())
                .isEqualTo("listing bucket absent at " + STORAGE.endpoint() + " failed: it does not exist");
    }

    @Test
    void wrongKeysAreDenied() {
        var connection =
                new S3Connection(STORAGE.endpoint(), "us-east-1", Storage.BUCKET, Storage.ACCESS_KEY, "wrong-secret");

        assertThat(run(connection, "", TimeSource.system()).reason()).isEqualTo(new Reason("access_denied"));
    }

    /** The real clocks, but for the date. */
    private static TimeSource later(Duration ahead) {
        var real = TimeSource.system();
        return new TimeSource() {
            @Override
            public long nanos() {
                return real.nanos();
            }

            @Override
            public Instant now() {
                return real.now().plus(ahead);
            }

            @Override
            public Timer schedule(Duration delay, Runnable task) {
                return real.schedule(delay, task);
            }

            @Override
            public Executor executor() {
                return real.executor();
            }
        };
    }

    /** Counts what passes. */
    private static final class Seen {
        private int count;
        private long bytes;

        ObjectListing around(ObjectListing listing) {
            return new ObjectListing() {
                @Override
                public String describe() {
                    return listing.describe();
                }

                @Override
                public CompletionStage<Boolean> each(
                        CheckContext context, String prefix, int mostPages, Consumer<ListedObject> consumer) {
                    return listing.each(context, prefix, mostPages, object -> {
                        count++;
                        bytes += object.bytes();
                        consumer.accept(object);
                    });
                }
            };
        }
    }
}
