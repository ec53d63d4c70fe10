package dev.koda.checks.network;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.CheckContract;
import dev.koda.checks.testing.Loopback;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class ServiceTcpContractTest extends CheckContract {
    private final Loopback loopback = new Loopback();
    private final Vertx vertx = Vertx.vertx();
    private final int port = loopback.tcp(socket -> {}).getPort();

    @AfterEach
    void close() {
        loopback.close();
        vertx.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        return List.of(CheckSpec.of("billing.api")
                .title("Billing answers")
                .docs("docs/koda-yaml.md#tcp")
                .in(Suite.DOCTOR)
                .run(ServiceChecks.tcp(
                        new HostPort("127.0.0.1", port), TimeLimits.NONE, () -> vertx, TimeSource.system())));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("billing.api");
    }

    @Override
    protected List<String> secrets() {
        return NO_SECRETS;
    }
}
