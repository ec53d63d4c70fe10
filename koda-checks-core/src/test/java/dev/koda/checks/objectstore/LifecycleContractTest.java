package dev.koda.checks.objectstore;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.testing.CheckContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class LifecycleContractTest extends CheckContract {
    private final BucketStandIn bucket = new BucketStandIn();

    @AfterEach
    void close() {
        bucket.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        return bucket.specs();
    }

    @Override
    protected CheckId id() {
        return CheckId.of("object-store.lifecycle");
    }

    @Override
    protected List<String> secrets() {
        return List.of(BucketStandIn.ACCESS_KEY, BucketStandIn.SECRET_KEY);
    }
}
