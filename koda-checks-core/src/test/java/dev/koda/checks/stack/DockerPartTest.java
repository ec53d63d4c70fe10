package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.testing.VirtualTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which compose project is looked at, and when none is. */
class DockerPartTest {
    private static final String ID = "system.compose-services";

    @TempDir
    Path root;

    private final VirtualTime time = new VirtualTime();

    private KodaStack stack(SettingsSources sources) {
        return KodaStack.of(Settings.load(sources), StackClients.of("host", "test", time), time, null);
    }

    private KodaStack stack(Map<String, String> environment) {
        return stack(SettingsSources.of(root, environment));
    }

    private static String why(KodaStack stack) {
        return stack.skips().stream()
                .filter(skip -> skip.id().name().equals(ID))
                .map(Skip::why)
                .findFirst()
                .orElse("not skipped");
    }

    private static String command(KodaStack stack) {
        return stack.specs().stream()
                .filter(spec -> spec.id().name().equals(ID))
                .map(CheckSpec::command)
                .map(String::valueOf)
                .findFirst()
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource({".koda, koda", "Koda Prod.2, kodaprod2", "_-My-Koda_, my-koda_"})
    void theProjectHasTheNameOfTheDirectoryOfTheInstall(String directory, String project) throws Exception {
        var home = Files.createDirectory(root.resolve(directory));
        Files.writeString(home.resolve(".env"), "POSTGRES_PASSWORD=Zk3mWq8vTn2xRb7pLc5d\n");

        var stack = stack(SettingsSources.of(root, Map.of()).directory(Path.of(directory)));

        assertThat(command(stack)).isEqualTo("docker compose -p " + project + " ps -a");
    }

    @Test
    void aNameThatIsSetWinsAndServesAnyStack() {
        assertThat(command(stack(Map.of("COMPOSE_PROJECT_NAME", "orders")))).contains("-p orders");
        assertThat(why(stack(Map.of("COMPOSE_PROJECT_NAME", "Or ders"))))
                .isEqualTo("COMPOSE_PROJECT_NAME is not a name that Docker Compose takes");
        assertThat(why(stack(Map.of()))).startsWith("neither COMPOSE_PROJECT_NAME nor");
    }

    @Test
    void theEmbeddedStackRunsNoContainers() {
        assertThat(why(stack(Map.of("KODA_STACK", "embedded", "COMPOSE_PROJECT_NAME", "koda"))))
                .isEqualTo("the embedded stack runs no containers");
    }

    @ParameterizedTest
    @CsvSource({"tcp://127.0.0.1:2375", "ssh://host", "unix://", "unix://relative"})
    void aDockerBehindAnythingButASocketIsNotAsked(String host) {
        var environment = new HashMap<>(Map.of("COMPOSE_PROJECT_NAME", "koda", "DOCKER_HOST", host));

        assertThat(why(stack(environment))).isEqualTo("DOCKER_HOST names no Unix socket, and nothing else is asked");
    }
}
