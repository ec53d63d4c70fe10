package dev.koda.checks.network;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.testing.CheckContract;
import dev.koda.checks.testing.Loopback;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class DashboardContractTest extends CheckContract {
    private final Loopback loopback = new Loopback();
    private final URI url =
            loopback.http(request -> request.response().setStatusCode(500).end("b0dy-s3cret"));

    @AfterEach
    void close() {
        loopback.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        var withSecrets = URI.create("http://ann:pl4nted@127.0.0.1:" + url.getPort() + "/?key=qu3ry-s3cret");
        return List.of(NetworkChecks.dashboard(withSecrets, Duration.ofSeconds(5), loopback.http()));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("dashboard.reachable");
    }

    @Override
    protected List<String> secrets() {
        return List.of("pl4nted", "qu3ry-s3cret", "b0dy-s3cret");
    }
}
