package dev.koda.checks.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.testing.EngineRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against real processes. */
class ProcessArgumentsCheckTest {
    private static final String SECRET = "pl4nted-s3cret-0123456789";

    private static CheckResult run(String secret) {
        return EngineRun.result(HardeningChecks.processArguments(Path.of("/proc"), () -> Set.of(secret)));
    }

    @Test
    void findsASecretInTheArgumentsOfAProcessAndNamesOnlyTheProcess() throws IOException {
        // It waits for a line that never comes.
        var process = new ProcessBuilder("sh", "-c", "read line", "sh", "--password=" + SECRET).start();
        try {
            var result = run(SECRET);

            assertThat(result.status()).as(result.message()).isEqualTo(Status.FAIL);
            assertThat(result.reason()).isEqualTo(new Reason("secret_in_arguments"));
            assertThat(result.message())
                    .contains("process " + process.pid() + " (sh)")
                    .doesNotContain("pl4nted");
            assertThat(result.outcome().hint()).isNotNull().doesNotContain("pl4nted");
        } finally {
            process.destroyForcibly();
        }
    }

    /** It speaks of no process but those that it can see. */
    @Test
    void passesWhenNoProcessShowsIt() {
        var result = run("n0where-on-this-host-9876");

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.message()).matches("none of the [1-9]\\d* processes that can be seen here carries .*");
    }

    @Test
    void looksForNoWordThatMayStandAnywhere() {
        assertThat(run("java").status()).isEqualTo(Status.PASS);
    }

    @Test
    void doesNotApplyWithoutProc(@TempDir Path empty) {
        var report = EngineRun.report(List.of(HardeningChecks.processArguments(empty, () -> Set.of(SECRET))));

        assertThat(report.skipped()).hasSize(1);
    }
}
