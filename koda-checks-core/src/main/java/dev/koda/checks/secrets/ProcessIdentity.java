package dev.koda.checks.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * As whom this process acts.
 *
 * @param user the effective user id
 * @param groups the effective group id and the supplementary ones
 */
record ProcessIdentity(int user, Set<Integer> groups) {
    private static final Path STATUS = Path.of("/proc/self/status");
    /** Real, effective, saved and file system id stand in this order (proc(5)). */
    private static final int EFFECTIVE = 2;

    ProcessIdentity {
        groups = Set.copyOf(groups);
    }

    /** Where an identity comes from; blocks. */
    @FunctionalInterface
    interface Source {
        Optional<ProcessIdentity> read() throws IOException;
    }

    /** Who we are; empty where the operating system has no {@code /proc}. */
    static Optional<ProcessIdentity> ofThisProcess() throws IOException {
        return Files.isReadable(STATUS) ? Optional.of(parse(Files.readAllLines(STATUS))) : Optional.empty();
    }

    static ProcessIdentity parse(List<String> status) {
        var groups = new HashSet<Integer>();
        int user = -1;
        for (var line : status) {
            var words = line.split("\\s+");
            switch (words[0]) {
                case "Uid:" -> user = Integer.parseInt(words[EFFECTIVE]);
                case "Gid:" -> groups.add(Integer.parseInt(words[EFFECTIVE]));
                case "Groups:" ->
                    Arrays.stream(words).skip(1).map(Integer::valueOf).forEach(groups::add);
                default -> {}
            }
        }
        return new ProcessIdentity(user, groups);
    }
}
