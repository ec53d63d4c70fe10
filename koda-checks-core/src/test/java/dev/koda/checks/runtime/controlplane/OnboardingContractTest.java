package dev.koda.checks.runtime.controlplane;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.network.NetworkChecks;
import dev.koda.checks.testing.CheckContract;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class OnboardingContractTest extends CheckContract {
    private final StandInControlPlane koda = new StandInControlPlane();

    @AfterEach
    void close() {
        koda.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        koda.onboarding =
                "{\"has_owner\":false,\"storage\":{\"database\":{\"ready\":false,\"reason\":\"pl4nted-s3cret=1\"}}}";
        return List.of(
                NetworkChecks.controlPlane(koda.options, koda.http()),
                PlatformNetworkChecks.onboarding(
                        koda.options, URI.create("http://koda:pl4nted-s3cret=1@127.0.0.1:3000/setup"), koda.http()));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("runtime.onboarding");
    }

    @Override
    protected List<String> secrets() {
        return List.of("pl4nted-s3cret=1");
    }
}
