package dev.koda.checks.docker;

import dev.koda.checks.CommandLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which compose project is looked at, and the limits.
 *
 * @param name of the project, as Docker Compose knows it
 * @param directory of the project; null if it is not known
 * @param files where its compose file may be; the first that there is says which services are missed when they are not
 *     there. Without any, those that others depend on
 * @param environment the {@code .env} files that it is started with
 * @param isDeclared true if somebody has said that the project runs here: then no container at all is a failure, and
 *     otherwise only if there is a compose file
 * @param warnRestarts of a container that has been started again within the last hour; Docker counts them all
 * @param failRestarts the same for a failure
 */
public record ComposeProject(
        String name,
        @Nullable Path directory,
        List<Path> files,
        List<Path> environment,
        boolean isDeclared,
        double warnRestarts,
        double failRestarts) {
    /** What Docker Compose takes for the name of a project. */
    public static final String NAME = "[a-z0-9][a-z0-9_-]*";

    public ComposeProject {
        Objects.requireNonNull(name, "name");
        files = List.copyOf(files);
        environment = List.copyOf(environment);
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("not the name of a compose project");
        }
    }

    /** With no compose file, not declared, and 3 and 10 restarts. */
    public static ComposeProject of(String name) {
        return new ComposeProject(name, null, List.of(), List.of(), false, 3, 10);
    }

    /**
     * The same in a directory.
     *
     * @param places where its compose file may be, the best first
     * @param envFiles that it is started with
     */
    public ComposeProject in(Path home, List<Path> places, List<Path> envFiles) {
        return new ComposeProject(name, home, places, envFiles, isDeclared, warnRestarts, failRestarts);
    }

    /** The same, said to run here. */
    public ComposeProject declared() {
        return new ComposeProject(name, directory, files, environment, true, warnRestarts, failRestarts);
    }

    /** The same with other limits of restarts. */
    public ComposeProject restarts(double warn, double fail) {
        return new ComposeProject(name, directory, files, environment, isDeclared, warn, fail);
    }

    /** The line that starts what does not run; without its compose file only what has a container. */
    CommandLine start(@Nullable Path file) {
        if (file == null || directory == null) {
            return CommandLine.of("docker", "compose", "-p", name, "start");
        }
        var line = CommandLine.of("docker", "compose", "-p", name, "--project-directory", directory.toString());
        for (var one : environment) {
            line = line.word("--env-file", one.toString());
        }
        return line.word("-f", file.toString(), "up", "-d");
    }
}
