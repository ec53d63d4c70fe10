package dev.koda.checks.network;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.testing.CheckContract;
import dev.koda.checks.testing.Loopback;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class ControlPlaneContractTest extends CheckContract {
    private final Loopback loopback = new Loopback();
    private final URI base = loopback.http(request -> request.response()
            .setStatusCode(request.path().equals("/health") ? 200 : 401)
            .end("{\"status\":\"b0dy-s3cret\"}"));

    @AfterEach
    void close() {
        loopback.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        var options = ControlPlaneOptions.of(base).token("pl4nted-token");
        return List.of(NetworkChecks.controlPlane(options, loopback.http()));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("control-plane.reachable");
    }

    @Override
    protected List<String> secrets() {
        return List.of("pl4nted-token", "b0dy-s3cret");
    }
}
