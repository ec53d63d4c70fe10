package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An install of release 1.0.18 that runs, for every test anew; the registry has a newer image under a name that it uses. */
abstract class UpdateCase {
    static final Duration LIMIT = Duration.ofSeconds(60);
    private static int hosts;

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private static @Nullable DeployedKoda installed;

    private @Nullable DeployedKoda made;
    Map<String, String> files = Map.of();
    private Map<String, String> images = Map.of();

    @BeforeAll
    static void install() throws IOException {
        var first = DeployedKoda.on(sandbox, "installed");
        first.write("migrations", "knowledge_v2|44|044_before\n");
        var install = first.install(first.release("1.0.18", "app: example/koda-app:1", "old: example/koda-old:1"));
        assertThat(install.awaitExit(LIMIT)).as(install.toString()).isZero();
        first.write("registry/example_pgvector_pg16", "sha256:newer\n");
        installed = first;
    }

    @AfterAll
    static void close() {
        Objects.requireNonNull(installed).close();
    }

    @BeforeEach
    void copyInstall(TestInfo test) throws IOException {
        made = Objects.requireNonNull(installed)
                .copy(test.getTestMethod().orElseThrow().getName() + hosts++);
        files = host().files();
        images = host().images();
    }

    @AfterEach
    void closeHost() {
        host().close();
    }

    final DeployedKoda host() {
        return Objects.requireNonNull(made);
    }

    final KodaRelease good() {
        return host().release("1.0.19", "app: example/koda-app:2", "new: example/koda-new:2");
    }

    final KodaRelease bad() {
        return host().release("1.0.19", "app: example/koda-app:bad", "new: example/koda-new:2");
    }

    final void assertIsAsBefore() {
        assertThat(host().files()).isEqualTo(files);
        var now = host().images();
        assertThat(now).containsAllEntriesOf(images);
        assertThat(now.keySet())
                .filteredOn(name -> name.startsWith("container "))
                .allMatch(images::containsKey);
        assertNothingIsLeft();
    }

    final void assertNothingIsLeft() {
        assertThat(host().images().keySet()).noneMatch(name -> name.contains("koda-rollback"));
        assertThat(host().files().keySet()).noneMatch(name -> name.startsWith(".koda-"));
    }
}
