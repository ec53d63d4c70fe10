package dev.koda.checks.objectstore;

import dev.koda.checks.Check;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Effects;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.network.HttpFetch;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Makes the checks of the object storage. */
public final class ObjectStoreChecks {
    /** Time enough to see that the limit was passed, and by what. */
    private static final Duration BEYOND_STUCK = Duration.ofMillis(500);

    /** How long a store may take to say that a bucket is there. */
    static final Duration HEAD = Duration.ofMillis(2400);

    /** What a process may need to load its client and to look up a name, beside what the store needs. */
    private static final Duration LOADING = Duration.ofMillis(2600);

    private ObjectStoreChecks() {}

    /** {@code object-store.bucket} and, after it, {@code object-store.canary}. */
    public static List<CheckSpec> of(ObjectStore store, ObjectStoreOptions options, TimeSource time) {
        return List.of(bucket(store, options), canary(store, options, time));
    }

    private static CheckSpec bucket(ObjectStore store, ObjectStoreOptions options) {
        var spec = CheckSpec.of("object-store.bucket")
                .documented()
                .title("Bucket answers")
                .in(Suite.READINESS, Suite.DOCTOR)
                .every(Duration.ofSeconds(10))
                .timeout(HEAD.plus(LOADING))
                .failureThreshold(2)
                .unavailable("object_store_unavailable");
        if (options.isRequired()) {
            spec.failClosed();
        }
        return spec.run(new BucketCheck(store));
    }

    private static CheckSpec canary(ObjectStore store, ObjectStoreOptions options, TimeSource time) {
        return CheckSpec.of("object-store.canary")
                .documented()
                .title("Objects come back as written")
                .in(Suite.DOCTOR)
                .effects(Effects.WRITES)
                .dependsOn("object-store.bucket")
                .timeout(options.stuck().plus(BEYOND_STUCK))
                .run(new CanaryCheck(store, options, time));
    }

    /**
     * {@code object-store.public-access} and {@code object-store.lifecycle}, which warn at most. They run after {@code
     * object-store.bucket}.
     *
     * @param bucket its URL, where a stranger asks for a listing
     */
    public static List<CheckSpec> rules(BucketRules rules, URI bucket, HttpFetch http) {
        return List.of(
                rule("object-store.public-access", "Strangers do not get in")
                        .run(new PublicAccessCheck(rules, bucket, http)),
                rule("object-store.lifecycle", "Unfinished uploads are aborted").run(new LifecycleCheck(rules)));
    }

    /** People change such rules by hand, and rarely. */
    private static CheckSpec.Builder rule(String id, String title) {
        return CheckSpec.of(id)
                .documented()
                .title(title)
                .in(Suite.DOCTOR)
                .dependsOn("object-store.bucket")
                .timeout(Duration.ofSeconds(5))
                .every(Duration.ofMinutes(15));
    }

    /** A check of any bucket: is it there, and may we use it? */
    public static Check bucket(ObjectStore store) {
        return new BucketCheck(store);
    }

    /**
     * A check of the newest object under a prefix: is there one, and is it young enough?
     *
     * @param prefix empty for the whole bucket
     */
    public static Check newest(ObjectListing listing, String prefix, AgeLimits limits, TimeSource time) {
        return new NewestCheck(listing, prefix, limits, time);
    }
}
