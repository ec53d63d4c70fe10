package dev.koda.checks.disk;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec.BlockingCheck;
import dev.koda.checks.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Is the directory there, and its volume mounted for writing? */
final class ReadOnlyCheck implements BlockingCheck {
    private final Path path;

    ReadOnlyCheck(Path path) {
        this.path = path;
    }

    @Override
    public Outcome run(CheckContext context) throws IOException {
        try {
            var real = path.toRealPath();
            return MountTable.read().isReadOnly(real)
                    ? DiskFault.READ_ONLY.outcome(path)
                    : Outcome.pass("mounted for writing");
        } catch (NoSuchFileException missing) {
            return DiskFault.MISSING.outcome(path);
        } catch (AccessDeniedException denied) {
            return DiskFault.ACCESS_DENIED.outcome(path);
        }
    }
}
