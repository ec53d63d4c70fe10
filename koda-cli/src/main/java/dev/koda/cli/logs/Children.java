package dev.koda.cli.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The programs that read logs for us. When it is closed, all of them are ended at once, and none starts any more. */
final class Children implements AutoCloseable {
    private final Monitor monitor;
    private final Map<String, String> environment;
    private final Path directory;
    private final Set<Child> running = new HashSet<>();
    private boolean isClosed;

    /**
     * @param environment what they get; {@code PATH} of it tells where programs are
     * @param directory where they work
     */
    Children(Monitor monitor, Map<String, String> environment, Path directory) {
        this.monitor = monitor;
        this.environment = environment;
        this.directory = directory;
    }

    /**
     * Starts one.
     *
     * @param hint what to do where there is no such program
     * @throws LogsException if it cannot be started
     */
    synchronized Child start(List<String> command, String hint) throws LogsException {
        if (isClosed) {
            throw new LogsException("the command is ending");
        }
        var program = require(command.get(0), hint);
        var words = new ArrayList<>(command);
        words.set(0, program.toString());
        var builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            var child = new Child(builder.start(), monitor, this::forget);
            running.add(child);
            return child;
        } catch (IOException notStarted) {
            throw new LogsException(program + " cannot be run by this user");
        }
    }

    /**
     * Finds a program.
     *
     * @param hint what to do where there is none
     * @throws LogsException if there is none
     */
    Path require(String name, String hint) throws LogsException {
        var parts = environment.getOrDefault("PATH", "").split(":", -1);
        return Stream.of(parts)
                .flatMap(part -> file(part, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .orElseThrow(() -> new LogsException("there is no " + name + " in PATH; " + hint));
    }

    private Stream<Path> file(String part, String name) {
        try {
            return Stream.of(directory.resolve(part).resolve(name));
        } catch (InvalidPathException noDirectory) {
            return Stream.empty();
        }
    }

    private synchronized void forget(Child child) {
        running.remove(child);
    }

    /** Does not wait for their end. */
    @Override
    public synchronized void close() {
        isClosed = true;
        running.forEach(Child::kill);
    }
}
