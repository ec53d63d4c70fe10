package dev.koda.checks.disk;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.CheckContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a volume of this host. */
abstract class DiskContract extends CheckContract {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final String name;

    @TempDir
    Path directory;

    DiskContract(String name) {
        this.name = name;
    }

    @Override
    protected List<CheckSpec> specs() {
        var volume = DiskVolume.of("STATE_ROOT_DIR", path()).neededToWork();
        return DiskChecks.of(List.of(volume), DiskOptions.defaults(), TimeSource.system());
    }

    /** A file system with a fixed number of inodes, which that of the temporary directory may not have. */
    private Path path() {
        return name.equals("disk.inodes") && Files.isDirectory(SHARED_MEMORY) ? SHARED_MEMORY : directory;
    }

    @Override
    protected CheckId id() {
        return new CheckId(name, "STATE_ROOT_DIR");
    }

    @Override
    protected List<String> secrets() {
        return NO_SECRETS;
    }
}
