package dev.koda.checks.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.process.Command;
import dev.koda.checks.process.Commands;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs Debian's monitoring-plugins. */
class ExecCheckTest {
    private static final String PLUGINS = "/usr/lib/nagios/plugins/";

    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @ParameterizedTest(name = "exit code {0} is {1}")
    @CsvSource({"0, PASS,", "1, WARN, plugin_warning", "2, FAIL, plugin_critical", "3, WARN, plugin_unknown"})
    void mapsTheExitCodesOfThePluginApi(String code, Status status, String reason) {
        var result = run(PLUGINS + "check_dummy", code, "as told");

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(reason == null ? null : new Reason(reason));
        assertThat(result.message()).endsWith(": as told");
    }

    @Test
    void observesWhatARealPluginMeasures() {
        var port = Integer.toString(loopback.tcp(socket -> {}).getPort());

        var result = run(PLUGINS + "check_tcp", "-H", "127.0.0.1", "-p", port);

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.message()).startsWith("TCP OK - ").contains("port " + port);
        assertThat(result.outcome().observed().get("time"))
                .satisfies(time -> assertThat(time.unit()).isEqualTo("seconds"));
    }

    @Test
    void saysWhatARealPluginSaysOfAClosedPort() {
        var port = Integer.toString(loopback.refused().getPort());

        var result = run(PLUGINS + "check_tcp", "-H", "127.0.0.1", "-p", port);

        assertThat(result.reason()).isEqualTo(new Reason("plugin_critical"));
        assertThat(result.message()).contains("refused");
    }

    @Test
    void readsTheNumbersOfCheckDisk() {
        var result = run(PLUGINS + "check_disk", "-w", "0%", "-c", "0%", "-p", "/");

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.outcome().observed()).containsKey("value");
    }

    @Test
    void failsForACodeThatNoPluginHas() {
        var result = run("sh", "-c", "echo x; exit 7");

        assertThat(result.reason()).isEqualTo(new Reason("plugin_error"));
        assertThat(result.message()).isEqualTo("sh ends with code 7, expected 0 to 3");
    }

    @Test
    void saysSoWhenAPluginSaysNothing() {
        assertThat(run("true").message()).isEqualTo("true ends with code 0 and says nothing");
    }

    @Test
    void failsForAPluginThatIsNotThere() {
        assertThat(run("/no/such/plugin").reason()).isEqualTo(new Reason("plugin_missing"));
    }

    @Test
    void failsWithItsOwnReasonWhenAPluginHangs() {
        var result = EngineRun.result(spec(Duration.ofMillis(500), "sleep", "60"));

        assertThat(result.reason()).isEqualTo(new Reason("plugin_timeout"));
        assertThat(result.message()).contains("sleep did not end in time and was killed");
    }

    private static CheckResult run(String... command) {
        return EngineRun.result(spec(Duration.ofSeconds(20), command));
    }

    private static CheckSpec spec(Duration timeout, String... command) {
        return CheckSpec.of("legacy.plugin")
                .in(Suite.DOCTOR)
                .timeout(timeout)
                .run(ExecChecks.plugin(Command.of(List.of(command)), Commands.of(TimeSource.system())));
    }
}
