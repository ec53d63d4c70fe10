package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Query;
import dev.koda.checks.Report;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of the stack listens: what to do about it depends on who starts its services. */
class EmbeddedHintTest {
    private static final List<String> REFUSED = List.of("postgres.tcp", "runtime.readiness");

    @TempDir
    Path directory;

    @Test
    void onTheEmbeddedStackSaysHowToStartIt() throws Exception {
        var report = report("embedded");

        var start = "start the stack with koda up --dir " + directory;
        assertThat(hint(report, "runtime.readiness")).isEqualTo(start);
        assertThat(hint(report, "postgres.tcp"))
                .startsWith(start + "; ")
                .contains("after its restart delay", directory + "/logs says why");
    }

    @Test
    void elsewhereKeepsTheHintOfTheCheck() throws Exception {
        var report = report("koda");

        for (var service : REFUSED) {
            assertThat(hint(report, service)).isNotEmpty().doesNotContain("koda up");
        }
    }

    private static String hint(Report report, String id) {
        var result = report.checks().stream()
                .filter(check -> check.id().toString().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(result.reason()).as(result.message()).hasToString("connection_refused");
        return String.valueOf(result.outcome().hint());
    }

    private Report report(String kind) throws Exception {
        int port = closedPort();
        var file = Files.writeString(directory.resolve(".env"), """
                KODA_STACK=%1$s
                KNOWLEDGE_V2_POSTGRES_DSN=postgresql://koda:Zk3mWq8vTn2xRb7pLc5d@127.0.0.1:%2$d/koda
                KODA_OPERATIONS_PORT=%2$d
                """.formatted(kind, port));
        var time = TimeSource.system();
        var settings = Settings.load(SettingsSources.of(directory, Map.of()).envFile(file));
        try (var clients = StackClients.of("host", "test", time);
                var engine = KodaStack.of(settings, clients, time, null)
                        .addTo(CheckEngine.builder().time(time))
                        .build()) {
            return engine.run(Query.of(Suite.DOCTOR).only(REFUSED))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
