package dev.koda.checks.objectstore;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.CheckContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class NewestContractTest extends CheckContract {
    @RegisterExtension
    static final Storage STORAGE = new Storage();

    private final S3ObjectStore store = STORAGE.store();

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        return List.of(CheckSpec.of("app.backups")
                .title("Backups arrive")
                .docs("docs/koda-yaml.md#s3")
                .in(Suite.DOCTOR)
                .timeout(Duration.ofSeconds(10))
                .run(ObjectStoreChecks.newest(store, "", new AgeLimits(24.0, null), TimeSource.system())));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("app.backups");
    }

    @Override
    protected List<String> secrets() {
        return List.of(Storage.ACCESS_KEY, Storage.SECRET_KEY);
    }
}
