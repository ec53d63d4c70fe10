package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Query;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.runtime.EventLoopLag;
import dev.koda.checks.runtime.Loops;
import dev.koda.checks.runtime.RuntimeGate;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The name of Koda's Postgres does not resolve here: what that means depends on who asks, and from where. */
class ComposeNetworkTest {
    private static final Map<String, String> KODA =
            Map.of("KODA_STACK", "koda", "POSTGRES_PASSWORD", "Zk3mWq8vTn2xRb7pLc5d");

    @TempDir
    Path root;

    private final TimeSource time = TimeSource.system();

    @Test
    void aCommandOnTheHostSaysHowToAskInside() throws Exception {
        var report = report(Suite.DOCTOR, false);

        var dns = report.checks().get(0);
        assertThat(dns.status()).as(dns.message()).isEqualTo(Status.WARN);
        assertThat(dns.reason()).hasToString("compose_network_only");
        assertThat(dns.outcome().hint()).isEqualTo("ask inside the network: docker compose exec postgres pg_isready");
        assertThat(report.summary().fail()).isZero();
        assertThat(report.checks()).filteredOn(result -> result.isNotRun()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {".dockerenv", "run/.containerenv"})
    void aCommandInAContainerReportsAServiceThatIsGone(String mark) throws Exception {
        Files.createDirectories(root.resolve(mark).getParent());
        Files.createFile(root.resolve(mark));

        assertBroken(report(Suite.DOCTOR, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"readiness", "doctor"})
    void aServerIsNotReadyWithoutItsPostgresWhereverItRuns(String suite) throws Exception {
        assertBroken(report(new Suite(suite), true));
    }

    private static void assertBroken(Report report) {
        var dns = report.checks().get(0);
        assertThat(dns.status()).as(dns.message()).isEqualTo(Status.FAIL);
        assertThat(dns.reason()).hasToString("dns_not_found");
        assertThat(report.ok()).isFalse();
    }

    private Report report(Suite suite, boolean isServer) throws Exception {
        var settings = Settings.load(SettingsSources.of(root, KODA));
        try (var clients = StackClients.of("host", "test", time);
                var lag = EventLoopLag.start(time)) {
            var inProcess = isServer ? new InProcess(RuntimeGate.closed(), Loops.of(time), lag) : null;
            var stack = KodaStack.of(settings, clients, time, inProcess, root);
            try (var engine = stack.addTo(CheckEngine.builder().time(time)).build()) {
                return engine.run(Query.of(suite).only(List.of("postgres.dns", "postgres.round-trip")))
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }
}
