package dev.koda.checks.stack;

import dev.koda.checks.settings.Layer;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a server may run the programs that koda.yaml names: somebody must have allowed it elsewhere, and nobody but us
 * and root may be able to write into the file, or to put another one in its place. A command runs what its caller could
 * run anyway.
 */
final class ExecTrust {
    private static final Path SELF = Path.of("/proc/self");
    private static final int OTHERS_WRITE = 022;
    /** In such a directory, as /tmp is, only the owner of a file may replace it. */
    private static final int STICKY = 01000;

    private ExecTrust() {}

    /** Why not; empty if it may. Blocks. */
    static Optional<String> obstacle(Settings settings) {
        if (!settings.get(OwnSettings.KODA_ALLOW_EXEC).orElse(false)) {
            return Optional.of("a server runs programs only with KODA_ALLOW_EXEC=true");
        }
        boolean isOwnWord = settings.value(OwnSettings.KODA_ALLOW_EXEC.name())
                .filter(value -> value.origin().layer() == Layer.STACK_FILE)
                .isPresent();
        return isOwnWord
                ? Optional.of("koda.yaml cannot allow its own programs: set KODA_ALLOW_EXEC=true in the environment")
                : settings.stackFile().flatMap(ExecTrust::obstacle);
    }

    private static Optional<String> obstacle(Path file) {
        try {
            if (!isOurs(file)) {
                return Optional.of("a server runs programs only if koda.yaml belongs to its user or to root");
            }
            if ((mode(file) & OTHERS_WRITE) != 0) {
                return Optional.of("a server runs programs only if nobody else may write into koda.yaml: chmod go-w");
            }
            for (var directory : above(file)) {
                boolean isShared = (mode(directory) & OTHERS_WRITE) != 0 && (mode(directory) & STICKY) == 0;
                if (isShared || !isOurs(directory)) {
                    return Optional.of("a server runs programs only if nobody else can replace koda.yaml, and others"
                            + " may write into " + directory);
                }
            }
            return Optional.empty();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return Optional.of("who may write into koda.yaml is not known here, so a server runs no programs");
        }
    }

    /** The directories by which it is reached, and those in which it lies. */
    private static Set<Path> above(Path file) throws IOException {
        var directories = new LinkedHashSet<Path>();
        for (var path : new Path[] {file.toAbsolutePath().normalize(), file.toRealPath()}) {
            for (var parent = path.getParent(); parent != null; parent = parent.getParent()) {
                directories.add(parent);
            }
        }
        return directories;
    }

    private static boolean isOurs(Path path) throws IOException {
        var owner = Files.getAttribute(path, "unix:uid");
        return owner.equals(0) || owner.equals(Files.getAttribute(SELF, "unix:uid"));
    }

    private static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode");
    }
}
