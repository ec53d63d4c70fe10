package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.testing.VirtualTime;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformNetworkPartTest {
    private static final List<String> BY_CONTROL_PLANE = List.of("control-plane.reachable");

    @TempDir
    Path directory;

    private Composition composition(String... settings) {
        var environment = new HashMap<>(Map.of("KODA_STACK", "koda"));
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        var time = new VirtualTime();
        var composition = new Composition(UnaryOperator.identity());
        var read = Settings.load(SettingsSources.of(directory, environment));
        var clients = StackClients.of("host", "test", time);
        var network = ComposeNetwork.of(new ComposeInstall(read, clients), true);
        new PlatformNetworkPart(read, clients, time, network).addTo(composition);
        return composition;
    }

    private static CheckSpec spec(Composition composition, String id) {
        return composition.specs().stream()
                .filter(spec -> spec.id().toString().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not a check"));
    }

    private static List<String> roots(Composition composition, String id) {
        return spec(composition, id).dependsOn().stream().map(Object::toString).toList();
    }

    private static String why(Composition composition, String id) {
        return composition.skips().stream()
                .filter(skip -> skip.id().toString().equals(id))
                .map(Skip::why)
                .findFirst()
                .orElse("not skipped");
    }

    @Test
    void aStockInstallIsAskedThroughItsControlPlane() {
        var stock = composition();

        assertThat(stock.specs())
                .extracting(spec -> spec.id().toString())
                .containsExactly(
                        "runtime.workers",
                        "runtime.sidecars[security]",
                        "runtime.sidecars[memory]",
                        "runtime.sidecars[artifact]",
                        "runtime.sidecars[retrieval]",
                        "runtime.sidecars[runtime-kernel]",
                        "runtime.onboarding");
        assertThat(stock.specs()).allSatisfy(spec -> {
            assertThat(spec.dependsOn()).extracting(Object::toString).isEqualTo(BY_CONTROL_PLANE);
            assertThat(spec.command()).contains("curl ", "http://127.0.0.1:8090/");
        });
        assertThat(why(stock, "runtime.sidecars[bot-gateway]")).isEqualTo("BOT_GATEWAY_GRPC_TARGET is not set");
        assertThat(why(stock, "runtime.sidecars[policy-engine]")).isEqualTo("POLICY_ENGINE_GRPC_TARGET is not set");
    }

    @ParameterizedTest
    @CsvSource({"embedded, the embedded stack has no Koda runtime", "none, no Koda platform is configured"})
    void nothingElseIsAKodaPlatform(String stack, String why) {
        var composition = composition("KODA_STACK", stack, "MEMORY_GRPC_TARGET", "127.0.0.1:50063");

        assertThat(composition.specs()).isEmpty();
        assertThat(composition.skips())
                .extracting(skip -> skip.id() + ": " + skip.why())
                .containsExactly("runtime.workers: " + why, "runtime.sidecars: " + why, "runtime.onboarding: " + why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:50063", "dns:///db.example:50063", "[::1]:50063", "unix:/run/a.sock", "/run/a.sock"})
    void aWrittenTargetIsConnectedTo(String target) {
        var composition = composition("MEMORY_GRPC_TARGET", target, "POLICY_ENGINE_GRPC_TARGET", target);

        assertThat(roots(composition, "runtime.sidecars[memory]")).isEmpty();
        assertThat(roots(composition, "runtime.sidecars[policy-engine]")).isEmpty();
        assertThat(roots(composition, "runtime.sidecars[security]")).isEqualTo(BY_CONTROL_PLANE);
    }

    @Test
    void aNameOfTheComposeNetworkIsLeftToTheControlPlane() {
        var composition = composition(
                "MEMORY_GRPC_TARGET",
                "memory:50063",
                "RUNTIME_KERNEL_GRPC_TARGET",
                "runtime-kernel:50061",
                "BOT_GATEWAY_GRPC_TARGET",
                "bot-gateway:50066");

        assertThat(roots(composition, "runtime.sidecars[memory]")).isEqualTo(BY_CONTROL_PLANE);
        assertThat(roots(composition, "runtime.sidecars[runtime-kernel]")).isEqualTo(BY_CONTROL_PLANE);
        assertThat(roots(composition, "runtime.sidecars[bot-gateway]")).isEmpty();
    }

    @Test
    void theSocketOfTheKernelGoesBeforeItsTarget() {
        var composition = composition(
                "RUNTIME_KERNEL_SOCKET", "/run/kernel.sock", "RUNTIME_KERNEL_GRPC_TARGET", "runtime-kernel:50061");

        assertThat(roots(composition, "runtime.sidecars[runtime-kernel]")).isEmpty();
        assertThat(spec(composition, "runtime.sidecars[runtime-kernel]").command())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "memory:0", "memory:70000", "http://memory:1", "a b:1", "/a\\u0000"})
    void aTargetThatIsNoneIsSkipped(String target) {
        var text = target.replace("\\u0000", "\u0000");

        assertThat(why(composition("MEMORY_GRPC_TARGET", text), "runtime.sidecars[memory]"))
                .isEqualTo("MEMORY_GRPC_TARGET is neither host:port nor the path of a socket");
    }

    @Test
    void writtenAddressesOfWorkersNeedNoControlPlane() {
        var urls = "http://10.0.0.5:8080, http://10.0.0.6:8080";

        assertThat(roots(composition("KODA_WORKER_URLS", urls), "runtime.workers"))
                .isEmpty();
        assertThat(roots(composition("KODA_WORKER_URLS", " "), "runtime.workers"))
                .isEqualTo(BY_CONTROL_PLANE);
        assertThat(why(composition("KODA_WORKER_URLS", "10.0.0.5:8080"), "runtime.workers"))
                .isEqualTo("KODA_WORKER_URLS is not as expected, see config.values");
    }

    @Test
    void withoutAnAddressOfTheControlPlaneWhatNeedsItIsSkipped() {
        var composition = composition(
                "CONTROL_PLANE_PORT",
                "x",
                "MEMORY_GRPC_TARGET",
                "127.0.0.1:50063",
                "KODA_WORKER_URLS",
                "http://127.0.0.1:1");

        assertThat(composition.specs())
                .extracting(spec -> spec.id().toString())
                .containsExactly("runtime.workers", "runtime.sidecars[memory]");
        assertThat(why(composition, "runtime.onboarding"))
                .isEqualTo("CONTROL_PLANE_PORT is not as expected, see config.values");
        assertThat(why(composition, "runtime.sidecars[security]")).startsWith("CONTROL_PLANE_PORT");
        assertThat(why(composition("CONTROL_PLANE_PORT", "x"), "runtime.workers"))
                .startsWith("CONTROL_PLANE_PORT");
    }
}
