package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.testing.VirtualTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names, clocks and hosts are looked at. */
class NetworkPartTest {
    @TempDir
    Path directory;

    private final VirtualTime time = new VirtualTime();

    private KodaStack stack(Map<String, String> environment) {
        var settings = Settings.load(SettingsSources.of(directory, environment));
        return KodaStack.of(settings, StackClients.of("host", "test", time), time, null, directory);
    }

    private static List<String> ids(KodaStack stack, String group) {
        return stack.specs().stream()
                .map(spec -> spec.id().toString())
                .filter(id -> id.startsWith(group))
                .toList();
    }

    private static String why(KodaStack stack, String id) {
        return stack.skips().stream()
                .filter(skip -> skip.id().toString().equals(id))
                .map(Skip::why)
                .findFirst()
                .orElse("not skipped");
    }

    @Test
    void looksUpEachNameOnceAndComparesClocks() {
        var stack = stack(Map.of(
                "WEB_PUBLIC_BASE_URL", "https://Koda.example/app",
                "KODA_OPERATIONS_URL", "https://koda.example:8443",
                "KNOWLEDGE_V2_S3_ENDPOINT_URL", "http://192.0.2.7:9000"));

        assertThat(ids(stack, "network")).containsExactly("network.dns[koda.example]", "network.clock");
    }

    @Test
    void leavesOutWhatNeedsNoLookUpAndSharesOurClock() {
        var stack = stack(Map.of(
                "KODA_STACK", "koda",
                "WEB_PUBLIC_BASE_URL", "http://localhost:3000",
                "KODA_OPERATIONS_URL", "http://[::1]:8091",
                "CONTROL_PLANE_BASE_URL", "http://app:8090",
                "KNOWLEDGE_V2_S3_ENDPOINT_URL", "http://127.0.0.1:8333"));

        assertThat(ids(stack, "network")).isEmpty();
        assertThat(why(stack, "network.dns")).isEqualTo("no URL names another host by name");
        assertThat(why(stack, "network.clock"))
                .isEqualTo("no setting names another host, and this one has but one clock");
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://koda:pw@Db.example/koda, true",
        "postgres://koda:pw@192.0.2.9/koda, true",
        "postgres://koda:pw@127.0.0.1/koda, false",
        "postgres://koda:pw@LOCALHOST/koda, false",
        "postgres://koda:pw@postgres/koda, false"
    })
    void comparesTheClockOfAPostgresOnAnotherHost(String dsn, boolean isCompared) {
        var stack = stack(Map.of("KODA_STACK", "none", "KNOWLEDGE_V2_POSTGRES_DSN", dsn));

        assertThat(ids(stack, "network.clock")).hasSize(isCompared ? 1 : 0);
    }

    @Test
    void looksAtTheHostWhereThereIsALinux() throws Exception {
        assertThat(why(stack(Map.of()), "system.memory")).isEqualTo("this host has no /proc as Linux has");
        Files.createDirectories(directory.resolve("proc"));
        Files.createFile(directory.resolve("proc/meminfo"));

        assertThat(ids(stack(Map.of()), "system")).containsExactly("system.memory", "system.file-descriptors");
    }
}
