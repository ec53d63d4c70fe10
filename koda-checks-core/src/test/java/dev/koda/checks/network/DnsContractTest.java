package dev.koda.checks.network;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.CheckContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class DnsContractTest extends CheckContract {
    private final NameServer names = new NameServer();

    @BeforeEach
    void answer() {
        names.answerWithAnAddress(0);
    }

    @AfterEach
    void close() {
        names.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        return List.of(NetworkChecks.dns(
                "a.example", Duration.ofSeconds(3), Duration.ofSeconds(4), names::vertx, TimeSource.system()));
    }

    @Override
    protected CheckId id() {
        return new CheckId("network.dns", "a.example");
    }

    @Override
    protected List<String> secrets() {
        return NO_SECRETS;
    }
}
