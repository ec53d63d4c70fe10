package dev.koda.cli;

import dev.koda.checks.TimeSource;
import dev.koda.cli.OperationsClient.LoginLink;
import dev.koda.server.BootException;
import dev.koda.server.embedded.EmbeddedStack;
import dev.koda.server.embedded.RunLock;
import dev.koda.server.embedded.StartException;
import dev.koda.server.embedded.StateDirectory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Decides whether this {@code koda up} may run: on a directory of ours that nobody else runs on. */
final class UpRun {
    private static final int HIGHEST_PORT = 65_535;

    private final Shell shell;
    private final StackSource source;
    private final Path directory;
    private final @Nullable Integer port;
    private final Duration restartDelay;

    UpRun(Shell shell, StackSource source, Path directory, @Nullable Integer port, Duration restartDelay) {
        this.shell = shell;
        this.source = source;
        this.directory = directory;
        this.port = port;
        this.restartDelay = restartDelay;
    }

    /** Starts and stays, or says why not; the exit code. */
    int run() {
        try {
            return up();
        } catch (StartException failure) {
            return refused(failure.sentence());
        } catch (BootException failure) {
            return refused(Objects.requireNonNull(failure.getMessage()));
        }
    }

    private int refused(String why) {
        shell.say("koda up: exit " + ExitCode.USAGE.code() + ": " + why);
        return ExitCode.USAGE.code();
    }

    private int up() throws StartException {
        if (port != null && (port < 0 || port > HIGHEST_PORT)) {
            return refused("--port must be from 0 to 65535, not " + port);
        }
        var wanted = port == null ? OptionalInt.empty() : OptionalInt.of(port);
        if (Files.notExists(directory)) {
            EmbeddedStack.requireFree(wanted);
        }
        var place = StateDirectory.open(directory);
        var lock = RunLock.take(place);
        if (lock.isEmpty()) {
            return besideAnother(place);
        }
        try (var held = lock.get()) {
            var stack = EmbeddedStack.prepare(
                    place, wanted, restartDelay, TimeSource.system(), news -> shell.say("koda up: " + news));
            return new UpMain(shell, source, place, stack).run(held);
        }
    }

    private int besideAnother(StateDirectory place) throws StartException {
        var holder = RunLock.holder(place);
        var url = holder.url();
        if (url == null) {
            return refused("another koda up (process " + holder.pid() + ") is starting or ending in " + place
                    + "; wait for it");
        }
        if (port != null && port != 0 && port != URI.create(url).getPort()) {
            return refused("already running at " + url + " (process " + holder.pid() + "); --port " + port
                    + " was not applied, stop it first");
        }
        shell.say("koda up: already running (process " + holder.pid() + ")");
        shell.document(text(place, url));
        return ExitCode.PASS.code();
    }

    /** Without the settings, which somebody may have moved away from under it, nobody can be logged in. */
    private String text(StateDirectory place, String url) {
        var link = Files.isReadable(place.environment())
                ? UpText.link(UpSettings.load(shell, place.environment()), url)
                : Optional.<LoginLink>empty();
        return UpText.of(place, link, url, Launcher.of(shell));
    }
}
