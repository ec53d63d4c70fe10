package dev.koda.checks.network;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.CheckContract;
import dev.koda.checks.testing.Loopback;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class ClockContractTest extends CheckContract {
    private final Loopback loopback = new Loopback();
    private final URI peer = loopback.http(request -> request.response()
            .putHeader("Date", "Thu, 01 Jan 1970 00:00:00 GMT")
            .end("b0dy-s3cret"));

    @AfterEach
    void close() {
        loopback.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        var withSecrets = URI.create("http://ann:pl4nted@127.0.0.1:" + peer.getPort() + "/?key=qu3ry-s3cret");
        return List.of(
                NetworkChecks.clock(List.of(withSecrets), ClockLimits.DEFAULT, loopback.http(), TimeSource.system()));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("network.clock");
    }

    @Override
    protected List<String> secrets() {
        return List.of("pl4nted", "qu3ry-s3cret", "b0dy-s3cret");
    }
}
