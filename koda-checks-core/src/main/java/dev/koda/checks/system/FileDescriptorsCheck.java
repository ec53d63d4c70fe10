package dev.koda.checks.system;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Are file descriptors left on the host? Without them nothing on it opens a file or a connection. */
final class FileDescriptorsCheck implements CheckSpec.BlockingCheck {
    private static final Path COUNTS = Path.of("proc/sys/fs/file-nr");

    private final SystemOptions options;

    FileDescriptorsCheck(SystemOptions options) {
        this.options = options;
    }

    /** The file holds those in use, those allocated but free, which is always 0 since Linux 2.6, and the limit. */
    @Override
    public Outcome run(CheckContext context) throws IOException {
        var lines = KernelFile.lines(options.root().resolve(COUNTS));
        var counts = lines.isEmpty() ? new String[0] : lines.get(0).strip().split("\\s+");
        if (counts.length != 3 || !KernelFile.isNumber(counts[0]) || !counts[2].matches("\\d{1,19}")) {
            return Outcome.warn("the kernel does not say how many file descriptors are in use")
                    .reason("unknown_size")
                    .hint("look whether /proc is mounted and whole, or suppress this check here");
        }
        return judge(Long.parseLong(counts[0]), Double.parseDouble(counts[2]));
    }

    private Outcome judge(long used, double limit) {
        var limits = options.descriptors();
        double percent = Math.round(used * 1000.0 / Math.max(1, limit)) / 10.0;
        var outcome = Outcome.above("used", percent, "percent")
                .warn(limits.warnPercent())
                .fail(limits.failPercent())
                .observed("used_descriptors", used, "descriptors");
        double crossed = outcome.status() == Status.FAIL ? limits.failPercent() : limits.warnPercent();
        var text = String.format(
                Locale.ROOT,
                "%d file descriptors are in use, %.1f %% of the host's, limit %.0f %%",
                used,
                percent,
                crossed);
        return outcome.status() == Status.PASS
                ? outcome.message(text)
                : outcome.message(text)
                        .reason("low_descriptors")
                        .hint(
                                "find the process that leaks them, such as with: lsof -n | cut -c1-20 | sort | uniq -c | sort -n; "
                                        + "or raise sysctl fs.file-max");
    }
}
