package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.testing.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over the whole catalogue: what fails offers a line to copy, or stands here with the reason why it does not. */
class CatalogueLinesTest {
    private static final Path IDS = Path.of("../docs/schema/ids.txt");
    private static final String SETTINGS =
            "it is about settings, which koda config show --origin prints with their place";
    private static final String OWN_FILES = "its message names the file, and its hint says what to type";
    private static final String INSIDE = "it looks at our own process, and is never in a doctor";

    private static final Map<String, String> WITHOUT = Map.ofEntries(
            Map.entry("config.", SETTINGS),
            Map.entry("secrets.", SETTINGS),
            Map.entry(
                    "hardening.exposed",
                    "a line would ask for what must not be there, from a place that is not outside"),
            Map.entry("hardening.git-tracked", OWN_FILES),
            Map.entry("hardening.process-arguments", "a line would print the secret that it has found"),
            Map.entry("hardening.", SETTINGS),
            Map.entry("backup.", "the tool that it asks is another one for each source"),
            Map.entry("network.clock", "it compares the clocks that other answers hold, and asks nobody by itself"),
            Map.entry("runtime.accepting", INSIDE),
            Map.entry("runtime.draining", "a reason of readiness that is no check"),
            Map.entry("runtime.event-loop", INSIDE),
            Map.entry("runtime.loops", INSIDE),
            Map.entry("system.", "the kernel shows its figures to the process alone, in its control group"));

    @TempDir
    Path directory;

    @Test
    void everyCheckOffersALineOrHasAReason() throws IOException {
        var specs = specs();
        var offering = specs.stream()
                .filter(spec -> spec.command() != null)
                .map(spec -> spec.id().name())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(Files.readAllLines(IDS).stream().filter(id -> !offering.contains(id) && !hasReason(id)))
                .as(
                        "checks that offer nothing to copy; give them a line (CommandLines) or a reason here, or the settings below"
                                + " what they apply to")
                .isEmpty();
        assertThat(offering.stream().filter(CatalogueLinesTest::hasReason))
                .as("checks that offer a line now; take the reason away")
                .isEmpty();
    }

    @Test
    void noReasonIsForACheckThatThereIsNot() throws IOException {
        var ids = Files.readAllLines(IDS);

        assertThat(WITHOUT.keySet()).allMatch(key -> ids.stream().anyMatch(id -> id.startsWith(key)));
    }

    private static boolean hasReason(String id) {
        return WITHOUT.keySet().stream().anyMatch(key -> key.endsWith(".") ? id.startsWith(key) : id.equals(key));
    }

    /** Of a stack that has everything. */
    private List<CheckSpec> specs() {
        var environment = Map.ofEntries(
                Map.entry("KODA_STACK", "koda"),
                Map.entry("POSTGRES_PASSWORD", "Zk3mWq8vTn2xRb7pLc5d"),
                Map.entry("KNOWLEDGE_V2_POSTGRES_DSN", "postgresql://koda:Zk3mWq8vTn2xRb7pLc5d@db.example/koda"),
                Map.entry("S3_ACCESS_KEY_ID", "Hg6tYs1wQa9eUf4kNj0o"),
                Map.entry("S3_SECRET_ACCESS_KEY", "Vb2nMx7cLz4aKs9dJf6g"),
                Map.entry("KODA_OPERATIONS_PORT", "8091"),
                Map.entry("WEB_PUBLIC_BASE_URL", "https://koda.example"),
                Map.entry("STATE_ROOT_DIR", "/srv/koda"),
                Map.entry("KODA_BACKUP_MARKER", "/srv/backup"),
                Map.entry("KODA_OBJECT_STORAGE_QUOTA", "100GiB"),
                Map.entry("OPENAI_API_KEY", "sk-Zk3mWq8vTn2xRb7pLc5d"));
        var settings = Settings.load(SettingsSources.of(directory, environment));
        return KodaStack.of(settings, StackClients.of("host", "test", new VirtualTime()), new VirtualTime(), null)
                .specs();
    }
}
