package dev.koda.checks.stack;

import dev.koda.checks.docker.ComposeProject;
import dev.koda.checks.docker.DockerEngine;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.StackKind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which compose project the stack is, as far as its settings tell, and which Docker runs it. */
final class ComposeInstall {
    private static final Path USUAL_SOCKET = Path.of("/var/run/docker.sock");
    private static final String UNIX = "unix://";

    /** Of the bundle of Koda's installer, else of a checkout, by the names that Docker Compose looks for. */
    private static final List<String> FILES = List.of(
            "bundle/docker-compose.release.yml",
            "compose.yaml",
            "compose.yml",
            "docker-compose.yaml",
            "docker-compose.yml");

    private final Settings settings;
    private final StackClients clients;
    private final @Nullable Path socket;
    private final Optional<ComposeProject> project;

    ComposeInstall(Settings settings, StackClients clients) {
        this.settings = settings;
        this.clients = clients;
        socket = socket(settings.get(OwnSettings.DOCKER_HOST).orElse(UNIX + USUAL_SOCKET));
        project = project();
    }

    /** The project; empty if its name cannot be known. */
    Optional<ComposeProject> named() {
        return project;
    }

    /** Why nothing can be asked, by settings alone; empty if it can. */
    Optional<String> obstacle() {
        if (settings.stack() == StackKind.EMBEDDED) {
            return Optional.of("the embedded stack runs no containers");
        }
        if (project.isEmpty()) {
            return Optional.of(
                    settings.isSet(OwnSettings.COMPOSE_PROJECT_NAME)
                            ? "COMPOSE_PROJECT_NAME is not a name that Docker Compose takes"
                            : "neither COMPOSE_PROJECT_NAME nor the directory of a Koda install is known");
        }
        return socket == null
                ? Optional.of("DOCKER_HOST names no Unix socket, and nothing else is asked")
                : Optional.empty();
    }

    /** Empty where there is an obstacle. */
    Optional<DockerEngine> docker() {
        return obstacle().isPresent() || socket == null ? Optional.empty() : Optional.of(clients.docker(socket));
    }

    private Optional<ComposeProject> project() {
        var said = settings.get(OwnSettings.COMPOSE_PROJECT_NAME).filter(name -> name.matches(ComposeProject.NAME));
        var home = home();
        var name = said.or(() -> home.map(ComposeInstall::nameOf)).filter(text -> !text.isEmpty());
        return name.map(ComposeProject::of)
                .map(known -> home.map(here -> known.in(here, files(here), settings.envFiles()))
                        .orElse(known))
                .map(known -> said.isPresent() ? known.declared() : known);
    }

    private static List<Path> files(Path home) {
        return FILES.stream().map(home::resolve).toList();
    }

    /** The directory of an install is where its {@code .env} is. */
    private Optional<Path> home() {
        if (settings.stack() != StackKind.KODA) {
            return Optional.empty();
        }
        return Stream.concat(settings.envFiles().stream(), settings.stackFile().stream())
                .map(Path::toAbsolutePath)
                .map(Path::getParent)
                .findFirst();
    }

    /** As Koda's own command and Docker Compose make it of the directory: {@code ~/.koda} is project {@code koda}. */
    static String nameOf(Path home) {
        return String.valueOf(home.getFileName())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_-]", "")
                .replaceFirst("^[_-]+", "");
    }

    private static @Nullable Path socket(String host) {
        if (!host.startsWith(UNIX + "/")) {
            return null;
        }
        try {
            return Path.of(host.substring(UNIX.length()));
        } catch (InvalidPathException notAPath) {
            return null;
        }
    }
}
