package dev.koda.checks.runtime.controlplane;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.network.NetworkChecks;
import dev.koda.checks.testing.CheckContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class WorkersContractTest extends CheckContract {
    private static final String SECRET = "{\"status\":\"not ready\",\"reason\":\"pl4nted-s3cret=1\"}";

    private final StandInControlPlane koda = new StandInControlPlane();

    @AfterEach
    void close() {
        koda.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        koda.workers = "[" + StandInControlPlane.running("A", koda.ready(503, SECRET)) + "]";
        return List.of(
                NetworkChecks.controlPlane(koda.options, koda.http()),
                PlatformNetworkChecks.workers(koda.options, koda.http()));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("runtime.workers");
    }

    @Override
    protected List<String> secrets() {
        return List.of("pl4nted-s3cret=1");
    }
}
