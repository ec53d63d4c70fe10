package dev.koda.checks.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Tells what a directory lies on, by the name that the operating system gives it, such as {@code ext4}; blocks. */
@FunctionalInterface
interface FileSystemType {
    /** Gone with the container or the next restart: kept in memory, or a layer on top of an image. */
    Set<String> EPHEMERAL = Set.of("tmpfs", "ramfs", "overlay", "aufs", "rootfs");

    String of(Path directory) throws IOException;
}
