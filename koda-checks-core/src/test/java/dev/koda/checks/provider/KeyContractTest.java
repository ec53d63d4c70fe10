package dev.koda.checks.provider;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.testing.CheckContract;
import dev.koda.checks.testing.Loopback;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class KeyContractTest extends CheckContract {
    private final Loopback loopback = new Loopback();
    private final URI base =
            loopback.http(request -> request.response().setStatusCode(401).end("{\"error\":\"b0dy-s3cret\"}"));

    @AfterEach
    void close() {
        loopback.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        var options = ProviderOptions.of(Provider.MISTRAL, "MISTRAL_API_KEY", "pl4nted-key")
                .base(base);
        return List.of(ProviderChecks.key(options, loopback.http()));
    }

    @Override
    protected CheckId id() {
        return new CheckId("provider.key", "mistral");
    }

    @Override
    protected List<String> secrets() {
        return List.of("pl4nted-key", "b0dy-s3cret");
    }
}
