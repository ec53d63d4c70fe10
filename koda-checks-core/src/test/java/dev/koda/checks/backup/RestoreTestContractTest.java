package dev.koda.checks.backup;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.CheckContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class RestoreTestContractTest extends CheckContract {
    @TempDir
    Path directory;

    @BeforeEach
    void restore() throws IOException {
        Files.createFile(directory.resolve("restored"));
    }

    @Override
    protected List<CheckSpec> specs() {
        return List.of(
                BackupChecks.restoreTest(directory.resolve("restored"), BackupOptions.defaults(), TimeSource.system()));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("backup.restore-test");
    }

    @Override
    protected List<String> secrets() {
        return NO_SECRETS;
    }
}
