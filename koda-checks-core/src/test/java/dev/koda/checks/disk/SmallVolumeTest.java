package dev.koda.checks.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Reason;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.EngineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real volumes of 2 MiB and 64 inodes. Only root may mount; for others each test says that it did not run. */
class SmallVolumeTest {
    private static final DiskOptions NO_FLOORS = DiskOptions.defaults().floors(0, 0);

    @TempDir
    Path parent;

    private Path volume;
    private boolean isMounted;

    @BeforeEach
    void mount() throws Exception {
        volume = Files.createDirectory(parent.resolve("volume"));
        isMounted = runs("mount", "-t", "tmpfs", "-o", "size=2m,nr_inodes=64", "tmpfs", volume.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        if (isMounted) {
            assertThat(runs("umount", volume.toString())).isTrue();
        }
    }

    @Test
    void seesAFullVolume() throws Exception {
        if (cannotMount("seesAFullVolume")) {
            return;
        }
        Files.write(volume.resolve("big"), new byte[2 << 20]);

        var results = run();

        assertThat(EngineRun.named(results, "disk.space").status()).isEqualTo(Status.FAIL);
        assertThat(EngineRun.named(results, "disk.space").message()).startsWith("0.0 % free");
        assertThat(EngineRun.named(results, "disk.writable").reason()).isEqualTo(new Reason("no_space"));
        assertThat(EngineRun.named(results, "disk.inodes").status()).isEqualTo(Status.PASS);
        assertThat(names()).containsExactly("big");
    }

    @Test
    void seesAVolumeWithoutInodes() throws Exception {
        if (cannotMount("seesAVolumeWithoutInodes")) {
            return;
        }
        for (int made = 1; made < 64; made++) {
            Files.createFile(volume.resolve("file-" + made));
        }

        var results = run();

        assertThat(EngineRun.named(results, "disk.inodes").status()).isEqualTo(Status.FAIL);
        assertThat(EngineRun.named(results, "disk.inodes").reason()).isEqualTo(new Reason("low_inodes"));
        assertThat(EngineRun.named(results, "disk.space").status()).isEqualTo(Status.PASS);
        assertThat(EngineRun.named(results, "disk.writable").reason()).isEqualTo(new Reason("write_failed"));
    }

    @Test
    void seesAVolumeThatIsMountedReadOnly() throws Exception {
        if (cannotMount("seesAVolumeThatIsMountedReadOnly")) {
            return;
        }
        assertThat(runs("mount", "-o", "remount,ro", volume.toString())).isTrue();

        var results = run();

        assertThat(EngineRun.named(results, "disk.read-only").reason()).isEqualTo(new Reason("read_only"));
        assertThat(EngineRun.named(results, "disk.writable").reason()).isEqualTo(new Reason("read_only"));
        assertThat(EngineRun.named(results, "disk.space").isNotRun()).isTrue();
    }

    @Test
    void passesAnEmptyVolume() throws Exception {
        if (cannotMount("passesAnEmptyVolume")) {
            return;
        }

        assertThat(run().checks()).allMatch(result -> result.status() == Status.PASS);
    }

    private boolean cannotMount(String test) {
        if (!isMounted) {
            System.out.println("not run: " + test + ", because this user may not mount a tmpfs");
        }
        return !isMounted;
    }

    private Report run() {
        var specs = DiskChecks.of(List.of(DiskVolume.of("STATE_ROOT_DIR", volume)), NO_FLOORS, TimeSource.system());
        return EngineRun.report(specs);
    }

    private List<String> names() throws IOException {
        try (var entries = Files.list(volume)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        }
    }

    private static boolean runs(String... command) throws Exception {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
