package dev.koda.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.runtime.EventLoopLag;
import dev.koda.checks.runtime.Loops;
import dev.koda.checks.runtime.RuntimeGate;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.stack.InProcess;
import dev.koda.checks.stack.KodaStack;
import dev.koda.checks.stack.StackClients;
import dev.koda.checks.testing.VirtualTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every built-in check has its heading in docs/checks.md, and every heading its check. */
class DocumentationTest {
    private static final Path PAGE = Path.of("..", "docs", "checks.md");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([a-z0-9-]+)\"></a>");

    @TempDir
    Path directory;

    private KodaStack everything() {
        var time = new VirtualTime();
        var settings = Settings.load(SettingsSources.of(
                directory,
                Map.of(
                        "KODA_STACK", "koda",
                        "POSTGRES_PASSWORD", "Zk3mWq8vTn2xRb7pLc5d",
                        "S3_ACCESS_KEY_ID", "Hg6tYs1wQa9eUf4kNj0o",
                        "S3_SECRET_ACCESS_KEY", "Vb2nMx7cLz4aKs9dJf6g",
                        "STATE_ROOT_DIR", "/var/lib/koda/state",
                        "ARTIFACT_STORE_DIR", "/var/lib/koda/artifacts",
                        "KODA_OPERATIONS_PORT", "8091")));
        var inProcess = new InProcess(RuntimeGate.closed(), Loops.of(time), EventLoopLag.start(time));
        return KodaStack.of(settings, StackClients.of("host", "test", time), time, inProcess);
    }

    @Test
    void everyCheckHasItsHeadingAndEveryHeadingItsCheck() throws Exception {
        var anchors = new TreeSet<String>();
        var matcher = ANCHOR.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            assertThat(anchors.add(matcher.group(1)))
                    .as(matcher.group(1) + " is there once")
                    .isTrue();
        }
        var stack = everything();
        var ids = stack.specs().stream().map(spec -> spec.id().anchor()).collect(Collectors.toCollection(TreeSet::new));
        stack.skips().forEach(skip -> ids.add(skip.id().anchor()));

        assertThat(anchors).isEqualTo(ids);
    }

    @Test
    void everyDocsValueLeadsToItsHeading() {
        assertThat(everything().specs())
                .allSatisfy(spec -> assertThat(spec.docs())
                        .isEqualTo("docs/checks.md#" + spec.id().anchor()));
    }
}
