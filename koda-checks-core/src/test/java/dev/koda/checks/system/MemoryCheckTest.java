package dev.koda.checks.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryCheckTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({"100, PASS", "10, PASS", "9, WARN", "5, WARN", "4, FAIL", "0, FAIL"})
    void judgesWhatTheHostHasLeft(int percent, Status status) throws Exception {
        host(1000, percent * 10L);

        var result = run();

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(status == Status.PASS ? null : new Reason("low_memory"));
    }

    @Test
    void saysHowMuchIsLeft() throws Exception {
        host(2048 * 1024, 512 * 1024);

        assertThat(run().message()).isEqualTo("the host has 25.0 % of its memory left, 512 of 2048 MiB, limit 10 %");
    }

    @ParameterizedTest
    @CsvSource({"84, PASS", "85, PASS", "86, WARN", "95, WARN", "96, FAIL", "120, FAIL"})
    void judgesWhatOurControlGroupHasLeft(int usedPercent, Status status) throws Exception {
        host(1000, 900);
        inGroup("/system.slice/koda.service");
        group("system.slice/koda.service", "1000", 10L * usedPercent, 0);

        var result = run();

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.message()).startsWith("our control group has ");
    }

    @Test
    void doesNotCountTheFileCacheThatTheKernelCanDrop() throws Exception {
        host(1000, 900);
        inGroup("/");
        group("", "1000", 990, 800);

        assertThat(run().message()).startsWith("our control group has 81.0 %");
    }

    @Test
    void findsTheTightestLimitAboveOurs() throws Exception {
        host(1000, 900);
        inGroup("/outer/inner");
        group("outer", "1000", 970, 0);
        group("outer/inner", "max", 100, 0);

        assertThat(run().status()).isEqualTo(Status.FAIL);
    }

    @Test
    void looksAtTheHostAloneWhereNothingLimitsUs() throws Exception {
        host(1000, 900);
        inGroup("/user.slice");
        group("user.slice", "max", 100, 0);

        assertThat(run().message()).startsWith("the host has 90.0 %");
    }

    @Test
    void leavesTheMountAlone() throws Exception {
        host(1000, 900);
        inGroup("/../../../outside");
        group("../../../outside", "10", 10, 0);

        assertThat(run().message()).startsWith("the host has 90.0 %");
    }

    @ParameterizedTest
    @CsvSource({"84, PASS", "86, WARN", "96, FAIL"})
    void knowsControlGroupsOfVersion1(int usedPercent, Status status) throws Exception {
        host(1000, 900);
        write("proc/self/cgroup", "5:cpu,cpuacct:/x\n4:hugetlb,memory:/docker/abc\n1:name=systemd:/y\n");
        write("sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes", "1000\n");
        write("sys/fs/cgroup/memory/docker/abc/memory.usage_in_bytes", 10L * usedPercent + 300 + "\n");
        write("sys/fs/cgroup/memory/docker/abc/memory.stat", "inactive_file 1\ntotal_inactive_file 300\n");

        assertThat(run().status()).isEqualTo(status);
        assertThat(run().message()).startsWith("our control group has ");
    }

    /** In a container the path is that of the host, and its own group is mounted at the top. */
    @Test
    void findsTheGroupOfAContainerAtTheMount() throws Exception {
        host(1000, 900);
        write("proc/self/cgroup", "4:memory:/docker/abc\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "1000\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", "960\n");
        write("sys/fs/cgroup/memory/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n");

        assertThat(run().status()).isEqualTo(Status.FAIL);
        assertThat(run().message())
                .startsWith("our control group has 4.0 %")
                .endsWith(
                        "; the kernel has killed 4 processes of our control group for lack of memory since it was made");
    }

    /** What version 1 writes where nothing is limited. */
    @Test
    void knowsTheLimitOfVersion1ThatIsNone() throws Exception {
        host(1000, 900);
        write("proc/self/cgroup", "4:memory:/\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", "960\n");

        assertThat(run().message()).startsWith("the host has 90.0 %");
    }

    @ParameterizedTest
    @CsvSource({"0, PASS, null", "1, WARN, oom_killed"})
    void warnsOfKillsSinceTheGroupWasMade(int kills, Status status, String reason) throws Exception {
        host(1000, 900);
        inGroup("/koda");
        write("sys/fs/cgroup/koda/memory.events", "low 0\nhigh 0\nmax 9\noom 5\noom_kill " + kills + "\n");
        write("sys/fs/cgroup/memory.events", "oom_kill 7\n");

        var result = run();

        assertThat(result.status()).isEqualTo(status);
        assertThat(String.valueOf(result.reason())).isEqualTo(reason);
        assertThat(result.outcome().observed()).containsKeys("available", "available_bytes", "oom_kills");
    }

    @Test
    void tellsInAServerWhatCameSinceTheLookBefore() throws Exception {
        host(1000, 900);
        inGroup("/koda");
        var time = new VirtualTime();
        var spec = SystemChecks.of(SystemOptions.of(root), time).get(0);

        assertThat(after(spec, 3))
                .endsWith("has killed 3 processes of our control group for lack of memory since it was made");
        assertThat(after(spec, 3)).endsWith("since it was made");
        time.advance(Duration.ofMinutes(61));
        assertThat(after(spec, 3)).startsWith("the host has ");
        assertThat(after(spec, 4))
                .endsWith("has killed 1 process of our control group for lack of memory within the last hour");
        time.advance(Duration.ofMinutes(31));
        assertThat(after(spec, 6)).contains("killed 3 processes").endsWith("within the last hour");
        time.advance(Duration.ofMinutes(31));
        assertThat(after(spec, 6)).contains("killed 2 processes");
        time.advance(Duration.ofMinutes(61));
        assertThat(after(spec, 6)).startsWith("the host has ");
        assertThat(after(spec, 1)).contains("killed 1 process of").endsWith("since it was made");
    }

    private String after(CheckSpec spec, int kills) throws IOException {
        write("sys/fs/cgroup/koda/memory.events", "oom_kill " + kills + "\n");
        return EngineRun.result(spec).message();
    }

    @Test
    void tellsTheWorseOfBoth() throws Exception {
        host(1000, 70);
        inGroup("/");
        group("", "1000", 100, 0);

        assertThat(run().message()).startsWith("the host has 7.0 %");
    }

    @Test
    void isNotKnownWhereTheKernelDoesNotSay() throws Exception {
        write("proc/meminfo", "MemTotal: 1000 kB\nMemFree: 900 kB\n");

        assertThat(run().reason()).isEqualTo(new Reason("unknown_size"));
        assertThat(run().status()).isEqualTo(Status.WARN);
    }

    @Test
    void takesItsLimitsFromTheOptions() throws Exception {
        host(1000, 400);

        assertThat(run(SystemOptions.of(root).memory(50, 30)).status()).isEqualTo(Status.WARN);
        assertThat(run(SystemOptions.of(root).memory(50, 45)).status()).isEqualTo(Status.FAIL);
    }

    @Test
    void readsTheRealHost() {
        assertThat(run(SystemOptions.of(Path.of("/"))).message()).contains(" of its memory left, ");
    }

    private void host(long totalKib, long availableKib) throws IOException {
        write(
                "proc/meminfo",
                "MemTotal:  " + totalKib + " kB\nMemFree: 1 kB\nMemAvailable:  " + availableKib + " kB\n");
    }

    private void inGroup(String path) throws IOException {
        write("proc/self/cgroup", "4:memory:/old\n0::" + path + "\n");
    }

    private void group(String path, String max, long current, long cache) throws IOException {
        write("sys/fs/cgroup/" + path + "/memory.max", max + "\n");
        write("sys/fs/cgroup/" + path + "/memory.current", current + "\n");
        write("sys/fs/cgroup/" + path + "/memory.stat", "anon 1\ninactive_file " + cache + "\n");
    }

    private void write(String path, String text) throws IOException {
        var file = root.resolve(path).normalize();
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private CheckResult run() {
        return run(SystemOptions.of(root));
    }

    private static CheckResult run(SystemOptions options) {
        return EngineRun.result(SystemChecks.of(options, TimeSource.system()).get(0));
    }
}
