package dev.koda.checks.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Reason;
import dev.koda.checks.Suite;
import dev.koda.checks.testing.EngineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InodesCheckTest {
    private static final DiskOptions.Shares LIMITS = DiskOptions.defaults().inodes();

    @TempDir
    Path directory;

    @Test
    void killsAProgramThatDoesNotAnswer() throws Exception {
        var result = EngineRun.result(asking("sh", "-c", "echo $$ > " + directory + "/pid; exec sleep 600"));

        assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
        var pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        var process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().get(10, TimeUnit.SECONDS);
        }
        assertThat(ProcessHandle.of(pid).flatMap(left -> left.isAlive() ? Optional.of(left) : Optional.empty()))
                .isEmpty();
    }

    @Test
    void doesNotApplyWithoutSuchAProgram() {
        assertThat(EngineRun.report(List.of(asking("/nowhere/stat"))).skipped()).hasSize(1);
    }

    @Test
    void doesNotApplyWhereTheProgramKnowsNoSuchFormat() {
        assertThat(EngineRun.report(List.of(asking("sh", "-c", "echo usage >&2; exit 1")))
                        .skipped())
                .hasSize(1);
        assertThat(EngineRun.report(List.of(asking("sh", "-c", "echo unknown"))).skipped())
                .hasSize(1);
    }

    @Test
    void givesTheProgramNothingOfOurEnvironment() {
        var result = EngineRun.result(asking("sh", "-c", "test -z \"$HOME$USER$MAVEN_OPTS\" && echo 100 50"));

        assertThat(result.message()).isEqualTo("50.0 % of the inodes free, limit 10.0 %");
    }

    private CheckSpec asking(String... command) {
        return CheckSpec.of("disk.inodes")
                .in(Suite.DOCTOR)
                .timeout(Duration.ofMillis(700))
                .blocking(new InodesCheck(directory, LIMITS, List.of(command)));
    }
}
