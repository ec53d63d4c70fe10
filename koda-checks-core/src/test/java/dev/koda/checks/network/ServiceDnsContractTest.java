package dev.koda.checks.network;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.CheckContract;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

class ServiceDnsContractTest extends CheckContract {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {

        vertx.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        return List.of(CheckSpec.of("billing.api")
                .title("Billing answers")
                .docs("docs/koda-yaml.md#dns")
                .in(Suite.DOCTOR)
                .run(ServiceChecks.dns("localhost", Set.of(), TimeLimits.NONE, () -> vertx, TimeSource.system())));
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
