package dev.koda.checks.objectstore.headroom;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.network.HttpTarget;
import dev.koda.checks.objectstore.ObjectListing;
import java.time.Duration;

/** Makes the checks of the room that an object storage has left; each source is an instance of its own. */
public final class HeadroomChecks {
    private HeadroomChecks() {}

    /**
     * {@code object-store.headroom[quota]}: a declared quota against the sum of all objects. Twice an hour, and not at
     * every call, because a listing costs requests.
     *
     * @param quotaBytes more than 0
     */
    public static CheckSpec quota(ObjectListing listing, long quotaBytes, HeadroomOptions options) {
        return spec("quota", options)
                .title("Quota has room")
                // A hundred pages.
                .timeout(Duration.ofSeconds(10))
                .every(Duration.ofMinutes(30))
                .everyWhenFailing(Duration.ofMinutes(15))
                .ttl(Duration.ofMinutes(1))
                .run(new QuotaCheck(listing, quotaBytes, options));
    }

    /**
     * {@code object-store.headroom[capacity]}: what the store says of itself.
     *
     * @param endpoint of a SeaweedFS master or volume server, or of MinIO's cluster metrics; told apart by what comes back
     */
    public static CheckSpec capacity(HttpTarget endpoint, HttpFetch http, HeadroomOptions options) {
        return spec("capacity", options)
                .title("Storage has room")
                .timeout(Duration.ofSeconds(5))
                .every(Duration.ofMinutes(5))
                .everyWhenFailing(Duration.ofMinutes(1))
                .ttl(Duration.ofMinutes(1))
                .run(new CapacityCheck(endpoint, http, options));
    }

    private static CheckSpec.Builder spec(String instance, HeadroomOptions options) {
        return CheckSpec.of("object-store.headroom")
                .instance(instance)
                .documented()
                .in(Suite.DOCTOR)
                .dependsOn(options.after().toArray(String[]::new));
    }
}
