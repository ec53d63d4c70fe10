package dev.koda.checks.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.EngineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileDescriptorsCheckTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({"0, PASS", "700, PASS", "701, WARN", "900, WARN", "901, FAIL", "1000, FAIL"})
    void judgesTheShareInUse(int used, Status status) throws Exception {
        var result = run(used + "\t0\t1000\n");

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(status == Status.PASS ? null : new Reason("low_descriptors"));
    }

    /** What the kernel calls no limit. */
    @Test
    void passesWithoutALimit() throws Exception {
        assertThat(run("1533\t0\t9223372036854775807\n").message())
                .isEqualTo("1533 file descriptors are in use, 0.0 % of the host's, limit 70 %");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "a\tb\tc\n", "1\t2\n"})
    void isNotKnownWhereTheKernelDoesNotSay(String text) throws Exception {
        assertThat(run(text).reason()).isEqualTo(new Reason("unknown_size"));
    }

    @Test
    void takesItsLimitsFromTheOptions() throws Exception {
        write("500\t0\t1000\n");

        assertThat(run(SystemOptions.of(root).descriptors(40, 60)).status()).isEqualTo(Status.WARN);
    }

    @Test
    void readsTheRealHost() {
        assertThat(run(SystemOptions.of(Path.of("/"))).message()).contains(" file descriptors are in use");
    }

    private void write(String text) throws Exception {
        Files.createDirectories(root.resolve("proc/sys/fs"));
        Files.writeString(root.resolve("proc/sys/fs/file-nr"), text);
    }

    private CheckResult run(String text) throws Exception {
        write(text);
        return run(SystemOptions.of(root));
    }

    private static CheckResult run(SystemOptions options) {
        return EngineRun.result(SystemChecks.of(options, TimeSource.system()).get(1));
    }
}
