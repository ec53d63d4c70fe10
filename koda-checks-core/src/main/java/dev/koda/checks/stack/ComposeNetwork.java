package dev.koda.checks.stack;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.CommandLine;
import dev.koda.checks.docker.ComposeProject;
import dev.koda.checks.docker.ServiceLocator;
import dev.koda.checks.settings.KodaCompose;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Knows the names that Koda's compose file gives to its services: outside its network they do not resolve, and that is
 * no fault. There Docker is asked where this host reaches the service; where it does not say, the warning says which
 * command asks inside, and nothing that depends on the answer is run.
 */
final class ComposeNetwork {
    private final boolean isMaybeOutside;
    private final @Nullable ServiceLocator locator;
    private final Optional<String> project;

    private ComposeNetwork(boolean isMaybeOutside, @Nullable ServiceLocator locator, Optional<String> project) {
        this.isMaybeOutside = isMaybeOutside;
        this.locator = locator;
        this.project = project;
    }

    /**
     * The network of the install.
     *
     * @param isMaybeOutside false where a name that does not resolve is a fault: for a server, which needs what it
     *     serves, and for a command inside a container, where such a name is gone when its service has stopped
     */
    static ComposeNetwork of(ComposeInstall install, boolean isMaybeOutside) {
        var project = install.named().map(ComposeProject::name);
        var locator = install.docker()
                .flatMap(docker -> project.map(name -> ServiceLocator.of(docker, name)))
                .orElse(null);
        return new ComposeNetwork(isMaybeOutside, locator, project);
    }

    /** True if Docker or Podman left its mark in this file system: each puts one into every container. */
    static boolean isContainer(Path root) {
        return Stream.of(".dockerenv", "run/.containerenv").anyMatch(mark -> Files.exists(root.resolve(mark)));
    }

    /** True if the host is a service of Koda's, and we may be where its name does not resolve. */
    boolean isElsewhere(String host) {
        return isMaybeOutside && KodaCompose.isServiceName(host);
    }

    /** What is known of a service; null for a host that is none, and wherever we are inside. */
    @Nullable
    ComposeService service(String host, int port) {
        return isElsewhere(host) ? new ComposeService(host.toLowerCase(Locale.ROOT), port, locator) : null;
    }

    /**
     * The checks of a storage: where its host is such a service, they ask it wherever it is found when they run. Then the
     * line to copy is one that needs no key.
     *
     * @param checks makes them for a URL, the same ones for each
     */
    List<CheckSpec> storage(URI url, Function<URI, List<CheckSpec>> checks) {
        var host = url.getHost();
        boolean isTls = "https".equalsIgnoreCase(url.getScheme());
        var service = service(host, url.getPort() > 0 ? url.getPort() : 80);
        if (service == null) {
            return checks.apply(url);
        }
        var line = inside(host, "curl", "-fsS", "http://127.0.0.1:9333/cluster/status");
        // A certificate is for the name alone.
        var located = isTls ? checks.apply(url) : new LocatedChecks(url, service, checks).specs();
        return service.explain(located, line).stream()
                .map(spec -> CommandLines.with(spec, line))
                .toList();
    }

    /** The line that runs a program in the container of a service, also in a directory without its compose file. */
    CommandLine inside(String service, String... program) {
        var line = CommandLine.of("docker", "compose");
        if (project.isPresent()) {
            line = line.word("-p", project.get());
        }
        return line.word("exec", "-T", service).word(program);
    }

    /** The same checks; where we may be outside, a service whose name is not found is explained and not reported. */
    List<CheckSpec> explain(List<CheckSpec> specs, String host, String... program) {
        return isElsewhere(host) ? new ComposeService(host, 0, null).explain(specs, inside(host, program)) : specs;
    }
}
