package dev.koda.checks.objectstore.headroom;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.network.HttpTarget;
import dev.koda.checks.testing.CheckContract;
import dev.koda.checks.testing.Loopback;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class CapacityContractTest extends CheckContract {
    private static final String TOKEN = "u7Tq0ZVb3mXkPz5sYh2Rj9Wd";

    private final Loopback loopback = new Loopback();
    private final URI url = loopback.http(request -> request.response()
            .end("minio_cluster_capacity_usable_total_bytes 1000\nminio_cluster_capacity_usable_free_bytes 500\n# "
                    + request.getHeader("Authorization") + "\n"));

    @AfterEach
    void close() {
        loopback.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        return List.of(HeadroomChecks.capacity(
                HttpTarget.get(url).bearer(TOKEN), loopback.http(), HeadroomOptions.defaults()));
    }

    @Override
    protected CheckId id() {
        return new CheckId("object-store.headroom", "capacity");
    }

    @Override
    protected List<String> secrets() {
        return List.of(TOKEN);
    }
}
