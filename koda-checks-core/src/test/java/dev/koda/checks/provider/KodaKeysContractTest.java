package dev.koda.checks.provider;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.network.ControlPlaneOptions;
import dev.koda.checks.network.NetworkChecks;
import dev.koda.checks.testing.CheckContract;
import dev.koda.checks.testing.Loopback;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class KodaKeysContractTest extends CheckContract {
    private final Loopback loopback = new Loopback();
    private final URI base = loopback.http(KodaKeysContractTest::answer);

    @AfterEach
    void close() {
        loopback.close();
    }

    /** After the whole request has come: who hangs up before loses the answer too. */
    private static void answer(HttpServerRequest request) {
        var body = request.path().endsWith("/verify")
                ? "{\"verification\":{\"verified\":false,\"last_error\":\"HTTP 401: b0dy-s3cret\"}}"
                : "{\"providers\":[{\"provider_id\":\"claude\",\"configured\":true}]}";
        request.end().onSuccess(end -> request.response().end(body));
    }

    @Override
    protected List<CheckSpec> specs() {
        var options = ControlPlaneOptions.of(base).token("pl4nted-token");
        return List.of(
                NetworkChecks.controlPlane(options, loopback.http()),
                ProviderChecks.inKoda(base, "pl4nted-token", loopback.http()));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("provider.key");
    }

    @Override
    protected List<String> secrets() {
        return List.of("pl4nted-token", "b0dy-s3cret");
    }
}
