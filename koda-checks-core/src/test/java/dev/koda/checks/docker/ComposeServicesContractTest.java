package dev.koda.checks.docker;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.testing.CheckContract;
import dev.koda.checks.testing.DockerStandIn;
import dev.koda.checks.testing.DockerStandIn.Box;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class ComposeServicesContractTest extends CheckContract {
    private final DockerFixture fixture = new DockerFixture();

    @Override
    protected List<CheckSpec> specs() {
        fixture.docker.holds(
                Box.of(DockerFixture.PROJECT, "app").health("unhealthy"), Box.of(DockerFixture.PROJECT, "web"));
        return List.of(fixture.check(ComposeProject.of(DockerFixture.PROJECT)));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("system.compose-services");
    }

    @Override
    protected List<String> secrets() {
        return List.of(DockerStandIn.SECRET);
    }

    @AfterEach
    void close() {
        fixture.close();
    }
}
