package dev.koda.checks.network;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.testing.CheckContract;
import dev.koda.checks.testing.Loopback;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class ServiceHttpContractTest extends CheckContract {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        return List.of(CheckSpec.of("billing.api")
                .title("Billing answers")
                .docs("docs/koda-yaml.md#http")
                .in(Suite.DOCTOR)
                .run(ServiceChecks.http(
                        HttpTarget.get(loopback.http(request -> request.response()
                                .putHeader("X", "pl4nted-answer")
                                .end("pl4nted-body"))),
                        new HttpRequest("GET", Map.of("Authorization", "Bearer pl4nted-token"), null),
                        HttpExpectation.SUCCESS,
                        TimeLimits.NONE,
                        loopback.http())));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("billing.api");
    }

    @Override
    protected List<String> secrets() {
        return List.of("pl4nted-token", "pl4nted-body", "pl4nted-answer");
    }
}
