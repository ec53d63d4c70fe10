package dev.koda.checks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Query;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.stack.KodaStack;
import dev.koda.checks.stack.StackClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's koda.yaml as it stands there, for a stack that has a Postgres and nothing of Koda's. */
class AnotherStackTest {
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\\n(version: 1\\n.*?)```");

    /** What depends on the machine, and the check of the README's own service, which does not exist. */
    private static final Set<String> NOT_OF_THE_STACK = Set.of("disk", "system", "billing");

    @TempDir
    Path directory;

    @Test
    void itsDoctorAsksForNothingThatConcernsKodaOnly() throws Exception {
        var readme = YAML.matcher(Files.readString(Path.of("../README.md")));
        assertThat(readme.find()).isTrue();
        Files.writeString(directory.resolve("koda.yaml"), readme.group(1));
        var url = "postgresql://koda:" + PostgresServer.PASSWORD.replace(" ", "%20") + "@127.0.0.1:"
                + PostgresServer.shared().port() + "/koda";

        var results = doctor(Map.of("DATABASE_URL", url)).stream()
                .filter(result -> !NOT_OF_THE_STACK.contains(result.id().group()))
                .toList();

        assertThat(results)
                .allSatisfy(result -> assertThat(result.outcome())
                        .as(result.id().toString())
                        .extracting(outcome -> outcome.status())
                        .isEqualTo(Status.PASS));
        assertThat(results)
                .extracting(result -> result.id().toString())
                .contains("config.parse", "postgres.round-trip", "postgres.connections")
                .doesNotContain("config.required", "dashboard.reachable", "control-plane.reachable");
    }

    private List<CheckResult> doctor(Map<String, String> environment) throws Exception {
        var time = TimeSource.system();
        try (var clients = StackClients.of("host", "test", time)) {
            var settings = Settings.load(SettingsSources.of(directory, environment));
            var stack = KodaStack.of(settings, clients, time, null);
            try (var engine = stack.addTo(CheckEngine.builder().time(time)).build()) {
                return engine.run(Query.of(Suite.DOCTOR))
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS)
                        .checks();
            }
        }
    }
}
