package dev.koda.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a program see the file system of a host where the tests run in a container themselves: all of it but the mark by
 * which the doctor knows a container. Where there is no mark, a program is run as it is.
 */
final class Host {
    private static final String SCRIPT = """
            set -e
            root=$1; directory=$2; shift 2
            mount -t tmpfs none "$root"
            for entry in /*; do
              if [ -L "$entry" ]; then
                cp -P "$entry" "$root$entry"
              elif [ -d "$entry" ]; then
                mkdir "$root$entry"
                mount --rbind "$entry" "$root$entry"
              fi
            done
            if [ -e /run/.containerenv ]; then mount -t tmpfs none "$root/run"; fi
            exec chroot "$root" env -C "$directory" "$@"
            """;

    private Host() {}

    /**
     * The command that does it.
     *
     * @param empty an existing directory, in which only the program sees anything
     * @param directory the working directory
     */
    static List<String> runs(List<String> program, Path empty, Path directory) {
        if (!Files.exists(Path.of("/.dockerenv")) && !Files.exists(Path.of("/run/.containerenv"))) {
            return program;
        }
        var command = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private"));
        if (!isRoot()) {
            command.add("--map-root-user");
        }
        command.addAll(List.of("sh", "-c", SCRIPT, "sh", empty.toString(), directory.toString()));
        command.addAll(program);
        return command;
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
