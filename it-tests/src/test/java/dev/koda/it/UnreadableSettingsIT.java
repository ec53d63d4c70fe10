package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A doctor that may not read the settings of a stack reports on nothing instead of on a stack without settings. */
class UnreadableSettingsIT {
    private static final Duration SHORT = Duration.ofSeconds(60);

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private final Path install = sandbox.root().resolve("install");

    @BeforeEach
    void makeInstall() throws IOException {
        Files.createDirectories(install.resolve(".koda-local"));
        Files.writeString(install.resolve(".env"), "KODA_ENV=production\n");
        Files.writeString(install.resolve(".koda-local/.env"), "KODA_ENV=production\n");
    }

    @AfterEach
    void openAgain() throws IOException {
        Files.setPosixFilePermissions(install.resolve(".koda-local"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void namesAFileThatThisUserMayNotRead() throws IOException {
        Files.delete(install.resolve(".koda-local/.env"));
        close(install.resolve(".env"));

        assertThat(refusal()).contains(install.resolve(".env") + ": may not be read by this user (", "owner");
    }

    @Test
    void namesADirectoryThatThisUserMayNotLookInto() throws IOException {
        close(install.resolve(".koda-local"));

        assertThat(refusal()).contains("lies in " + install.resolve(".koda-local") + ", which this user (", "owner");
    }

    private static void close(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
    }

    private String refusal() throws IOException {
        var command = new ArrayList<>(withoutRightsOfRoot());
        command.addAll(List.of(Distribution.installed().program("koda").toString(), "doctor"));
        try (var doctor = RealProcess.start(command, install, Map.of())) {
            assertThat(doctor.awaitExit(SHORT)).as(doctor.toString()).isEqualTo(2);
            assertThat(doctor.output()).isEmpty();
            return doctor.errors();
        }
    }

    /** Root reads everything unless the capabilities for that are taken away. */
    private static List<String> withoutRightsOfRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)
                ? List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search")
                : List.of();
    }
}
