package dev.koda.cli.proposal;

import java.nio.file.Path;

/**
 * Where a compose file is used.
 *
 * @param project the directory in which relative paths of the file begin
 * @param home the user's home directory
 * @param dockerRoot where Docker keeps volumes, if it does so where it usually does
 */
public record ComposeHost(Path project, Path home, Path dockerRoot) {
    /** The data-root of a Docker daemon that was told nothing else. */
    public static final Path USUAL_DOCKER_ROOT = Path.of("/var/lib/docker");
}
