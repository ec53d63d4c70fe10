package dev.koda.checks.backup;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.testing.CheckContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class AgeContractTest extends CheckContract {
    @TempDir
    Path directory;

    @BeforeEach
    void makeBackup() throws IOException {
        Files.writeString(directory.resolve("koda-pg-2026-03-01.dump"), "PGDMP");
    }

    @Override
    protected List<CheckSpec> specs() {
        return List.of(
                FilesTest.age(BackupSources.files(directory + "/koda-pg-*.dump").orElseThrow()));
    }

    @Override
    protected CheckId id() {
        return new CheckId("backup.age", "files");
    }

    @Override
    protected List<String> secrets() {
        return NO_SECRETS;
    }
}
