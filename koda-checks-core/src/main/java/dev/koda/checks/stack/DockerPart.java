package dev.koda.checks.stack;

import dev.koda.checks.CommandLine;
import dev.koda.checks.TimeSource;
import dev.koda.checks.docker.DockerChecks;
import dev.koda.checks.settings.Settings;

/** The check of the containers that are the stack. */
final class DockerPart {
    private static final String ID = "system.compose-services";

    private final Settings settings;
    private final ComposeInstall install;
    private final TimeSource time;

    DockerPart(Settings settings, ComposeInstall install, TimeSource time) {
        this.settings = settings;
        this.install = install;
        this.time = time;
    }

    void addTo(Composition composition) {
        var obstacle = install.obstacle();
        if (obstacle.isPresent()) {
            composition.skip(obstacle.get(), ID);
            return;
        }
        var project = install.named().orElseThrow();
        var limits = settings.limits(ID);
        var limited =
                limits.map(some -> project.restarts(some.warn(), some.fail())).orElse(project);
        var spec = DockerChecks.composeServices(install.docker().orElseThrow(), limited, time);
        var line = CommandLine.of("docker", "compose", "-p", project.name(), "ps", "-a");
        composition.add(CommandLines.with(spec, line));
    }
}
