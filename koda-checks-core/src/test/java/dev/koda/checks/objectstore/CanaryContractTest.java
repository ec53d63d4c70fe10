package dev.koda.checks.objectstore;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.CheckContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class CanaryContractTest extends CheckContract {
    @RegisterExtension
    static final Storage STORAGE = new Storage();

    private final S3ObjectStore store = STORAGE.store();

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        var patient = Duration.ofSeconds(20);
        var options = ObjectStoreOptions.of("host", "contract").roundTrip(patient, patient);
        return ObjectStoreChecks.of(store, options, TimeSource.system());
    }

    @Override
    protected CheckId id() {
        return CheckId.of("object-store.canary");
    }

    /** Each host and program has a key of its own; what two at one key hear is for the test of the check. */
    @Override
    protected int callers() {
        return 1;
    }

    @Override
    protected List<String> secrets() {
        return List.of(Storage.ACCESS_KEY, Storage.SECRET_KEY);
    }
}
