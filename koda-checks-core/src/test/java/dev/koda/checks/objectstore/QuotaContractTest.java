package dev.koda.checks.objectstore;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.objectstore.headroom.HeadroomChecks;
import dev.koda.checks.objectstore.headroom.HeadroomOptions;
import dev.koda.checks.testing.CheckContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class QuotaContractTest extends CheckContract {
    @RegisterExtension
    static final Storage STORAGE = new Storage();

    private final S3ObjectStore store = STORAGE.store();

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        return List.of(HeadroomChecks.quota(store, 1 << 20, HeadroomOptions.defaults()));
    }

    @Override
    protected CheckId id() {
        return new CheckId("object-store.headroom", "quota");
    }

    @Override
    protected List<String> secrets() {
        return List.of(Storage.ACCESS_KEY, Storage.SECRET_KEY);
    }
}
