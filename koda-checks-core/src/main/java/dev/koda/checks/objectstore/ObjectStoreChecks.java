package dev.koda.checks.objectstore;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Effects;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.List;

/** Makes the checks of the object storage. */
public final class ObjectStoreChecks {
    /** Time enough to see that the limit was passed, and by what. */
    private static final Duration BEYOND_STUCK = Duration.ofMillis(500);

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
                .timeout(Duration.ofMillis(2500))
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
}
