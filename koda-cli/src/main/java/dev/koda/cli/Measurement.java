package dev.koda.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Query;
import dev.koda.checks.Report;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.settings.Settings;
import dev.koda.cli.output.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of one check that stands in no koda.yaml yet. */
final class Measurement {
    /** What is not there by then needs a time-out that somebody thinks about. */
    static final String LIMIT = "30s";

    private static final Duration DEADLINE = Duration.ofSeconds(31);
    /** An answer that takes ten times as long as now is worth waiting for; a shorter one than the default is not. */
    private static final int FACTOR = 10;

    private static final List<Integer> TIMEOUTS = List.of(2, 5, 10, 20, 30, 60);

    private final SettingsOptions options;
    private final Shell shell;
    private final StackSource source;

    Measurement(SettingsOptions options, Shell shell, StackSource source) {
        this.options = options;
        this.shell = shell;
        this.source = source;
    }

    /**
     * Runs the check of this id in a koda.yaml that is not there yet.
     *
     * @throws dev.koda.checks.settings.SettingsException if that is no koda.yaml
     */
    Report of(String id, String text) {
        Path draft = null;
        try {
            draft = Files.createTempFile("koda-", ".yaml");
            Files.writeString(draft, text, UTF_8);
            return run(options.readWith(draft, shell), id);
        } catch (IOException full) {
            throw new DoctorException(ExitCode.INTERNAL, "no temporary file can be written; is the disk full?");
        } finally {
            delete(draft);
        }
    }

    private Report run(Settings settings, String id) {
        var time = TimeSource.system();
        var query = Query.of(Suite.DOCTOR).only(List.of(id)).deadline(DEADLINE).freshOnly();
        try (var stack = source.open(settings);
                var progress = new Progress(shell.errors(), shell.isErrorTerminal(), shell.style(), time);
                var engine = stack.engine().listener(progress).build()) {
            return DoctorRun.await(engine.run(query));
        }
    }

    /** The time-out for something that took that long. */
    static String timeout(CheckResult result) {
        long millis = result.took().toMillis() * FACTOR;
        int seconds = TIMEOUTS.stream()
                .filter(candidate -> candidate * 1000L >= millis)
                .findFirst()
                .orElse(TIMEOUTS.get(TIMEOUTS.size() - 1));
        return seconds + "s";
    }

    private static void delete(@Nullable Path draft) {
        try {
            if (draft != null) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException left) {
            // It holds nothing that koda.yaml does not.
            return;
        }
    }
}
