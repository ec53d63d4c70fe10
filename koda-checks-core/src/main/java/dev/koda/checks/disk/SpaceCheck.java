package dev.koda.checks.disk;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec.BlockingCheck;
import dev.koda.checks.Outcome;
import java.nio.file.Path;

/** How much room does the volume have for us? */
final class SpaceCheck implements BlockingCheck {
    private final Path path;
    private final DiskOptions options;

    SpaceCheck(Path path, DiskOptions options) {
        this.path = path;
        this.options = options;
    }

    @Override
    public Outcome run(CheckContext context) {
        var directory = path.toFile();
        // statvfs, and of it what is available to us: the blocks that are reserved for root do not count.
        return new Space(directory.getTotalSpace(), directory.getUsableSpace()).judge(path, options);
    }
}
