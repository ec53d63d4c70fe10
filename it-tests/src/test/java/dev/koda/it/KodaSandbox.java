package dev.koda.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A directory in which a test class runs {@code koda}. When the class is over, whatever still runs in it is ended, what
 * {@code koda} itself should have ended is a failure, and the directory is deleted.
 *
 * <p>Use: {@code @RegisterExtension static final KodaSandbox sandbox = new KodaSandbox();}
 */
final class KodaSandbox implements BeforeAllCallback, AfterAllCallback {
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private final List<RealProcess> started = new ArrayList<>();
    private @Nullable Path root;

    @Override
    public void beforeAll(ExtensionContext context) {
        root = TemporaryDirectory.make("koda-it-");
    }

    /** The directory of this class: the working directory of what it runs. */
    Path root() {
        return Objects.requireNonNull(root, "register the extension in a static field");
    }

    /** A new empty directory in it. */
    Path directory(String name) {
        try {
            return Files.createDirectory(root().resolve(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts {@code bin/koda} of the installed distribution in {@link #root}. */
    RealProcess koda(String... arguments) {
        return koda(Map.of(), arguments);
    }

    /** The same with an environment of its own beside PATH, JAVA_HOME and HOME; an empty value removes a variable. */
    RealProcess koda(Map<String, String> environment, String... arguments) {
        return koda(Distribution.installed(), root(), environment, arguments);
    }

    /** The same in another directory, from another distribution. */
    RealProcess koda(Distribution distribution, Path directory, Map<String, String> environment, String... arguments) {
        var command = new ArrayList<String>();
        command.add(distribution.program("koda").toString());
        command.addAll(Arrays.asList(arguments));
        return run(command, directory, environment);
    }

    /** Starts another program in {@link #root}. */
    RealProcess run(List<String> command) {
        return run(command, Map.of());
    }

    /** The same with an environment of its own, as {@link #koda(Map, String...)} has it. */
    RealProcess run(List<String> command, Map<String, String> environment) {
        return run(command, root(), environment);
    }

    private RealProcess run(List<String> command, Path directory, Map<String, String> environment) {
        try {
            var process = RealProcess.start(command, directory, environment);
            synchronized (started) {
                started.add(process);
            }
            return process;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        List<RealProcess> all;
        synchronized (started) {
            all = List.copyOf(started);
        }
        var here = root();
        try {
            all.forEach(RealProcess::close);
        } finally {
            Leftovers.in(here).forEach(Leftovers::kill);
            Within.limit(
                    END_LIMIT,
                    "all of " + here + " ended",
                    () -> Leftovers.in(here).isEmpty());
            TemporaryDirectory.delete(here);
        }
    }
}
