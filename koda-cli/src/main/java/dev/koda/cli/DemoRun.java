package dev.koda.cli;

import dev.koda.checks.settings.EnvFile;
import dev.koda.server.embedded.RunLock;
import dev.koda.server.embedded.StartException;
import dev.koda.server.embedded.StateDirectory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Decides whether this {@code koda demo} may run: on a {@code koda up} that runs, as the only demo, in a schema of ours. */
final class DemoRun {
    private final Shell shell;
    private final Path directory;
    private final Duration hold;

    DemoRun(Shell shell, Path directory, Duration hold) {
        this.shell = shell;
        this.directory = directory;
        this.hold = hold;
    }

    /**
     * Plays, or cleans up.
     *
     * @return the exit code
     * @throws DoctorException with one sentence, if it may not or cannot
     */
    int run(boolean isCleaning) {
        try {
            var place = StateDirectory.existing(directory);
            var server = server(place);
            try (var lock = RunLock.takeForDemo(place).orElseThrow(() -> anotherIn(place));
                    var koda = DemoKoda.in(settings(place))) {
                return isCleaning ? clean(koda) : play(place, server, koda, lock);
            }
        } catch (StartException refused) {
            throw new DoctorException(ExitCode.USAGE, refused.sentence());
        }
    }

    private static URI server(StateDirectory place) throws StartException {
        var holder = RunLock.running(place)
                .orElseThrow(() -> new DoctorException(
                        ExitCode.USAGE, "no koda up runs in " + place + "; start it in another terminal first"));
        var url = holder.url();
        if (url == null) {
            throw new DoctorException(
                    ExitCode.USAGE,
                    "koda up (process " + holder.pid() + ") is starting or ending in " + place + "; wait for it");
        }
        return URI.create(url);
    }

    private static DoctorException anotherIn(StateDirectory place) {
        return new DoctorException(ExitCode.USAGE, "another koda demo runs in " + place + "; wait for its end");
    }

    /** Of that file alone: it is what the running stack was started with. */
    private static Map<String, String> settings(StateDirectory place) {
        return EnvFile.read(place.environment(), name -> null).entries().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().value()));
    }

    private int clean(DemoKoda koda) {
        shell.say(
                koda.drop()
                        ? "koda demo: removed the schema " + koda.schema()
                                + "; the history of what was shown stays on the page"
                        : "koda demo: there is nothing to remove");
        return ExitCode.PASS.code();
    }

    private int play(StateDirectory place, URI url, DemoKoda koda, RunLock held) {
        Objects.requireNonNull(held, "held");
        koda.make();
        var token = settings(place).getOrDefault("CONTROL_PLANE_API_TOKEN", "").split(",", 2)[0];
        try (var provider = new DemoProvider()) {
            return new DemoMain(shell, place, new DemoServer(url, token), koda, provider, hold).run();
        }
    }
}
