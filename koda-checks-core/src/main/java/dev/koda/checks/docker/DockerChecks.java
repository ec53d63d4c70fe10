package dev.koda.checks.docker;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Scope;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import java.time.Duration;

/** Makes the check of what runs in Docker. */
public final class DockerChecks {
    /** Of Docker; what then is to be said needs the rest of the check's time. */
    static final Duration LIMIT = Duration.ofSeconds(4);

    private DockerChecks() {}

    /** {@code system.compose-services}: one check for the whole project, whose message names the worst services first. */
    public static CheckSpec composeServices(DockerEngine engine, ComposeProject project, TimeSource time) {
        return CheckSpec.of("system.compose-services")
                .documented()
                .title("Services of the compose project run")
                .scope(Scope.LOCAL)
                .in(Suite.DOCTOR)
                .timeout(LIMIT.plusSeconds(1))
                .run(new ComposeServicesCheck(engine, project, time));
    }
}
