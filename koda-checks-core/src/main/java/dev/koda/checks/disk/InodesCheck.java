package dev.koda.checks.disk;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec.BlockingCheck;
import dev.koda.checks.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Can the volume hold more files?
 *
 * <p>The JDK gives no inode counts, so {@code stat -f} is asked: GNU coreutils and BusyBox have it, its arguments fix
 * its format, and unlike {@code df} it looks at no other mount. It runs without a shell and without our environment.
 */
final class InodesCheck implements BlockingCheck {
    private final Path path;
    private final DiskOptions.Shares limits;
    private final List<String> command;

    InodesCheck(Path path, DiskOptions.Shares limits) {
        this(path, limits, List.of("stat", "-f", "-c", "%c %d", "--", path.toString()));
    }

    InodesCheck(Path path, DiskOptions.Shares limits, List<String> command) {
        this.path = path;
        this.limits = limits;
        this.command = List.copyOf(command);
    }

    @Override
    public Outcome run(CheckContext context) throws IOException, InterruptedException {
        return ask().flatMap(Inodes::parse)
                .map(inodes -> inodes.judge(path, limits))
                .orElseGet(() -> Outcome.skipped("inode counts cannot be read here: no stat -f that knows them"));
    }

    private Optional<String> ask() throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        Process process;
        try {
            process = builder.start();
        } catch (IOException noSuchProgram) {
            return Optional.empty();
        }
        process.getOutputStream().close();
        awaitEnd(process);
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
    }

    /**
     * Waits until the process has ended, and kills it when the engine interrupts. On a hung mount even that does not end
     * it; then this thread stays taken, so that the engine starts no second one beside it.
     */
    private static void awaitEnd(Process process) throws InterruptedException {
        InterruptedException interruption = null;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException timeIsOver) {
                interruption = timeIsOver;
                process.destroyForcibly();
            }
        }
        if (interruption != null) {
            throw interruption;
        }
    }
}
