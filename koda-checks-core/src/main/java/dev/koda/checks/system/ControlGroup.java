package dev.koda.checks.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The tightest memory limit over this process: its control group, or one above it.
 *
 * @param limit in bytes
 * @param used in bytes, without the file cache that the kernel drops before it kills
 */
record ControlGroup(long limit, long used) {
    /** How one of the two versions tells of memory; a host may have both, with memory in either. */
    private enum Version {
        TWO("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file", "memory.events"),
        ONE(
                "sys/fs/cgroup/memory",
                "memory.limit_in_bytes",
                "memory.usage_in_bytes",
                "total_inactive_file",
                "memory.oom_control");

        private final Path mount;
        private final String limit;
        private final String usage;
        private final String cache;
        private final String kills;

        Version(String mount, String limit, String usage, String cache, String kills) {
            this.mount = Path.of(mount);
            this.limit = limit;
            this.usage = usage;
            this.cache = cache;
            this.kills = kills;
        }

        /** True for the line of {@code /proc/self/cgroup}, cut at its colons, that names our group of this version. */
        boolean isNamedBy(String[] line) {
            return this == TWO
                    ? line[0].equals("0") && line[1].isEmpty()
                    : Arrays.asList(line[1].split(",")).contains("memory");
        }
    }

    /** Empty without a limit, and for what cannot be seen from here. */
    static Optional<ControlGroup> read(Path root) throws IOException {
        ControlGroup tightest = null;
        for (var version : Version.values()) {
            for (var group : ours(root, version)) {
                var here = at(group, version);
                if (here.isPresent() && (tightest == null || here.get().left() < tightest.left())) {
                    tightest = here.get();
                }
            }
        }
        return Optional.ofNullable(tightest);
    }

    /**
     * How often the kernel has killed in our own group for lack of memory since the group was made; in a container, whose
     * path is not to be seen from inside, in the nearest one above. Empty if no group says.
     */
    static OptionalLong kills(Path root) throws IOException {
        for (var version : Version.values()) {
            for (var group : ours(root, version)) {
                var kills = KernelFile.number(KernelFile.lines(group.resolve(version.kills)), "oom_kill");
                if (kills.isPresent()) {
                    return kills;
                }
            }
        }
        return OptionalLong.empty();
    }

    /** Our group, and those above it up to the mount. */
    private static List<Path> ours(Path root, Version version) throws IOException {
        var mount = root.resolve(version.mount);
        return KernelFile.lines(root.resolve("proc/self/cgroup")).stream()
                .map(line -> line.split(":", 3))
                .filter(line -> line.length == 3 && version.isNamedBy(line))
                .map(line -> mount.resolve(line[2].replaceFirst("^/+", "")).normalize())
                .limit(1)
                .flatMap(group -> Stream.iterate(group, above -> above != null, Path::getParent))
                .takeWhile(group -> group.startsWith(mount))
                .toList();
    }

    private static Optional<ControlGroup> at(Path group, Version version) throws IOException {
        OptionalLong limit = KernelFile.only(group.resolve(version.limit));
        OptionalLong current = KernelFile.only(group.resolve(version.usage));
        if (limit.isEmpty() || current.isEmpty() || limit.getAsLong() == 0) {
            return Optional.empty();
        }
        long cache = KernelFile.number(KernelFile.lines(group.resolve("memory.stat")), version.cache)
                .orElse(0);
        return Optional.of(new ControlGroup(limit.getAsLong(), Math.max(0, current.getAsLong() - cache)));
    }

    long left() {
        return Math.max(0, limit - used);
    }
}
