package dev.koda.cli.logs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A compose project, found as Koda's own command finds it: the release bundle of an install with its two files of
 * settings. A directory without a bundle may have a compose file of any stack.
 */
final class ComposeProject {
    private static final Path BUNDLE = Path.of("bundle", "docker-compose.release.yml");
    /** Our own server, where {@code install.sh} has put it beside the bundle. */
    private static final Path OVERLAY = Path.of("checks", "docker-compose.koda-checks.yml");

    private static final List<String> COMPOSE_FILES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml");
    private static final String INSTALL = "install Docker, or name files with --file or units with --journal";

    private final List<String> compose;
    private final Children children;
    private final UnaryOperator<String> safe;

    private ComposeProject(List<String> compose, Children children, UnaryOperator<String> safe) {
        this.compose = compose;
        this.children = children;
        this.safe = safe;
    }

    /**
     * Finds it.
     *
     * @param places where it may be, in this order
     * @param safe makes foreign text fit to be shown
     * @throws LogsException if no place has a compose file
     */
    static ComposeProject find(List<Path> places, Children children, UnaryOperator<String> safe) throws LogsException {
        for (var place : places) {
            var file = composeFile(place);
            if (file.isPresent()) {
                return new ComposeProject(command(place, file.get()), children, safe);
            }
        }
        var first = places.get(0);
        throw new LogsException("no compose project here: neither " + first.resolve(BUNDLE) + " nor a compose.yaml in "
                + first + "; name the directory of the install with --dir, or files with --file");
    }

    private static Optional<Path> composeFile(Path place) {
        var bundle = place.resolve(BUNDLE);
        if (Files.isRegularFile(bundle)) {
            return Optional.of(bundle);
        }
        return COMPOSE_FILES.stream()
                .map(place::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static List<String> command(Path place, Path file) {
        var words = new ArrayList<>(List.of("docker", "compose", "--project-directory", place.toString()));
        for (var name : List.of(".env", ".release.env")) {
            var settings = place.resolve(name);
            if (Files.isRegularFile(settings)) {
                words.addAll(List.of("--env-file", settings.toString()));
            }
        }
        words.addAll(List.of("-f", file.toString()));
        var overlay = place.resolve(OVERLAY);
        if (file.endsWith(BUNDLE) && Files.isRegularFile(overlay)) {
            words.addAll(List.of("-f", overlay.toString()));
        }
        return words;
    }

    /** The names of all services, running or not, in alphabetical order. */
    List<String> services() throws LogsException {
        return answer("config", "--services")
                .lines()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    /** What {@code ps} tells about all containers: JSON, as {@link ContainerList} reads it. */
    String containers() throws LogsException {
        return answer("ps", "--all", "--format", "json");
    }

    private String answer(String... arguments) throws LogsException {
        var words = new ArrayList<>(compose);
        words.addAll(List.of(arguments));
        try (var child = children.start(words, INSTALL)) {
            var output = child.allOutput();
            int code = child.end();
            if (code != 0) {
                throw failure(arguments[0], code, child.lastWords());
            }
            return output;
        }
    }

    /** Starts to read the log of a container. */
    Child logs(Container container, List<String> options) throws LogsException {
        var words = new ArrayList<>(compose);
        words.addAll(List.of("logs", "--timestamps", "--no-color", "--no-log-prefix"));
        words.addAll(options);
        if (container.index() > 0) {
            words.addAll(List.of("--index", Integer.toString(container.index())));
        }
        words.add(container.service());
        return children.start(words, INSTALL);
    }

    /** What the last words of a program that failed mean for its user. */
    LogsException failure(String command, int code, String lastWords) {
        var words = lastWords.toLowerCase(Locale.ROOT);
        if (words.contains("permission denied") && words.contains("sock")) {
            return new LogsException("this user may not talk to the Docker daemon; join the group docker, or use sudo");
        }
        if (words.contains("cannot connect to the docker daemon")
                || words.contains("failed to connect to the docker api")) {
            return new LogsException("the Docker daemon does not answer; start it, for instance with"
                    + " systemctl start docker, and look at DOCKER_HOST");
        }
        if (words.contains("docker --help") || words.contains("is not a docker command")) {
            return new LogsException("this Docker has no compose; install docker-compose-plugin");
        }
        return new LogsException("docker compose " + command + " ended with " + code
                + (lastWords.isEmpty() ? "" : ": " + safe.apply(lastWords)));
    }
}
