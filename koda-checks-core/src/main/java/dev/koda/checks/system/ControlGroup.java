package dev.koda.checks.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The tightest memory limit over this process: its control group of version 2, or one above it.
 *
 * @param limit in bytes
 * @param used in bytes, without the file cache that the kernel drops before it kills
 */
record ControlGroup(long limit, long used) {
    private static final String VERSION_2 = "0::";

    /** Empty without a limit, without version 2, and for what cannot be seen from here. */
    static Optional<ControlGroup> read(Path root) throws IOException {
        var mount = root.resolve("sys/fs/cgroup");
        var path = KernelFile.lines(root.resolve("proc/self/cgroup")).stream()
                .filter(line -> line.startsWith(VERSION_2))
                .map(line -> line.substring(VERSION_2.length()))
                .findFirst();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        var group = mount.resolve(path.get().replaceFirst("^/+", "")).normalize();
        ControlGroup tightest = null;
        for (; group != null && group.startsWith(mount); group = group.getParent()) {
            var here = at(group);
            if (here.isPresent() && (tightest == null || here.get().left() < tightest.left())) {
                tightest = here.get();
            }
        }
        return Optional.ofNullable(tightest);
    }

    private static Optional<ControlGroup> at(Path group) throws IOException {
        OptionalLong limit = KernelFile.only(group.resolve("memory.max"));
        OptionalLong current = KernelFile.only(group.resolve("memory.current"));
        if (limit.isEmpty() || current.isEmpty() || limit.getAsLong() == 0) {
            return Optional.empty();
        }
        long cache = KernelFile.number(KernelFile.lines(group.resolve("memory.stat")), "inactive_file")
                .orElse(0);
        return Optional.of(new ControlGroup(limit.getAsLong(), Math.max(0, current.getAsLong() - cache)));
    }

    long left() {
        return Math.max(0, limit - used);
    }
}
