package dev.koda.checks.runtime.controlplane;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.network.NetworkChecks;
import dev.koda.checks.testing.CheckContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class SidecarsContractTest extends CheckContract {
    private final StandInControlPlane koda = new StandInControlPlane();

    @AfterEach
    void close() {
        koda.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        koda.sidecars = "[" + StandInControlPlane.sidecar("memory", false, 3, "\"pl4nted-s3cret=1\"") + "]";
        return List.of(
                NetworkChecks.controlPlane(koda.options, koda.http()),
                PlatformNetworkChecks.sidecar("memory", koda.options, PlatformNetworkChecks.SIDECAR_SLOW, koda.http()));
    }

    @Override
    protected CheckId id() {
        return new CheckId("runtime.sidecars", "memory");
    }

    @Override
    protected List<String> secrets() {
        return List.of("pl4nted-s3cret=1");
    }
}
