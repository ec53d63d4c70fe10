package dev.koda.checks.docker;

import dev.koda.checks.CheckContext;
import dev.koda.checks.docker.Location.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Finds where this host reaches a service whose name resolves in its compose network alone: at a published port, else at
 * the container's own address, if the gateway of its network is this host. Thread-safe, never blocks the caller.
 */
public final class ServiceLocator {
    /** Docker answers in some milliseconds; a check must not use up its time here. */
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final DockerEngine engine;
    private final String project;

    private ServiceLocator(DockerEngine engine, String project) {
        this.engine = engine;
        this.project = project;
    }

    /** For the services of this compose project. Opens nothing. */
    public static ServiceLocator of(DockerEngine engine, String project) {
        return new ServiceLocator(engine, project);
    }

    /**
     * Where this host reaches it; never fails for a reason of Docker's. Checks of one evaluation share the answer.
     *
     * @param port the one inside the network
     */
    public CompletionStage<Location> locate(CheckContext context, String service, int port) {
        var left = context.ioTimeout();
        var limit = left.compareTo(LIMIT) < 0 ? left : LIMIT;
        return context.shared("docker " + project, () -> engine.containers(context, project, limit))
                .thenCompose(containers -> context.blocking(() -> among(containers, service, port)))
                .exceptionally(failure -> Location.of(
                        DockerException.faultOf(failure) == DockerFault.PERMISSION ? Kind.NOT_ALLOWED : Kind.UNKNOWN));
    }

    private static Location among(List<Container> containers, String service, int port) throws IOException {
        var ours = containers.stream()
                .filter(container -> container.service().equals(service))
                .toList();
        if (ours.isEmpty()) {
            return Location.of(Kind.UNKNOWN);
        }
        var running = ours.stream().filter(Container::isRunning).toList();
        if (running.isEmpty()) {
            return Location.of(Kind.STOPPED, ours.get(0));
        }
        var container = running.get(0);
        for (var way : container.ways()) {
            if (way.leadsTo(port) && way.isOpen()) {
                return new Location(Kind.REACHED, container.name(), way.to(port));
            }
        }
        return Location.of(Kind.INSIDE_ONLY, container);
    }
}
