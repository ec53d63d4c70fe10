package dev.koda.checks.disk;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A directory that matters.
 *
 * @param instance how reports and metrics call it, such as {@code STATE_ROOT_DIR}
 * @param path an absolute path of the default file system
 * @param isNeededToWork true if readiness asks too whether it can be written
 */
public record DiskVolume(String instance, Path path, boolean isNeededToWork) {
    public DiskVolume {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(path, "path");
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("the path of " + instance + " must be absolute, not " + path);
        }
    }

    /** A directory that only the doctor looks at. */
    public static DiskVolume of(String instance, Path path) {
        return new DiskVolume(instance, path, false);
    }

    /** The same, and readiness fails when it cannot be written. */
    public DiskVolume neededToWork() {
        return new DiskVolume(instance, path, true);
    }
}
