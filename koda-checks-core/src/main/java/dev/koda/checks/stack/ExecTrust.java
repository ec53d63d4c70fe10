package dev.koda.checks.stack;

import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a server may run the programs that koda.yaml names: somebody must have allowed it, and nobody but us and root
 * may be able to write into the file. A command runs what its caller could run anyway.
 */
final class ExecTrust {
    private static final Path SELF = Path.of("/proc/self");

    private ExecTrust() {}

    /** Why not; empty if it may. Blocks. */
    static Optional<String> obstacle(Settings settings) {
        if (!settings.get(OwnSettings.KODA_ALLOW_EXEC).orElse(false)) {
            return Optional.of("a server runs programs only with KODA_ALLOW_EXEC=true");
        }
        return settings.stackFile().flatMap(ExecTrust::obstacle);
    }

    private static Optional<String> obstacle(Path file) {
        try {
            var owner = Files.getAttribute(file, "unix:uid");
            boolean isOurs = owner.equals(0) || owner.equals(Files.getAttribute(SELF, "unix:uid"));
            if (!isOurs) {
                return Optional.of("a server runs programs only if koda.yaml belongs to its user or to root");
            }
            var modes = Files.getPosixFilePermissions(file, new LinkOption[0]);
            boolean isWritable = Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE).stream()
                    .anyMatch(modes::contains);
            return isWritable
                    ? Optional.of("a server runs programs only if nobody else may write into koda.yaml: chmod go-w")
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return Optional.of("who may write into koda.yaml is not known here, so a server runs no programs");
        }
    }
}
