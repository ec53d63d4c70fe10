package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where {@code koda up} cannot start it says why in one sentence, ends with 2, and leaves nothing half-started. */
class EmbeddedRefusalIT {
    private static final Duration SHORT = Duration.ofSeconds(60);

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    /** What it says in the end; what it has said before can only be usage or progress. */
    private static String refusal(RealProcess up) {
        assertThat(up.awaitExit(SHORT)).as(up.toString()).isEqualTo(2);
        assertThat(up.output()).isEmpty();
        assertThat(up.errors()).doesNotContain("Exception", "\tat ");
        assertThat(Leftovers.in(sandbox.root())).isEmpty();
        return up.lastErrorLine();
    }

    private static RealProcess up(Path directory, String... options) {
        var arguments = new ArrayList<>(List.of("up", "--dir", directory.toString()));
        arguments.addAll(List.of(options));
        return sandbox.koda(arguments.toArray(String[]::new));
    }

    @Test
    void namesWhoHasTakenThePort() throws IOException {
        var directory = sandbox.root().resolve("taken");
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());

            var refusal = refusal(up(directory, "--port", port));

            assertThat(refusal)
                    .contains(
                            "port " + port, "process " + ProcessHandle.current().pid() + " (java)", "--port");
            assertThat(directory).doesNotExist();
        }
    }

    @Test
    void forgetsAPortThatItCouldNotHave() throws IOException {
        var directory = sandbox.directory("kept-port");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(directory.resolve(".koda-state"), "");
        Files.writeString(directory.resolve(".env"), "KODA_OPERATIONS_PORT=8123\n");
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refusal(up(directory, "--port", Integer.toString(taken.getLocalPort())));
        }

        assertThat(directory.resolve(".env")).hasContent("KODA_OPERATIONS_PORT=8123\n");
    }

    @Test
    void namesADirectoryThatCannotBeMade() throws IOException {
        var file = Files.writeString(sandbox.root().resolve("a-file"), "not a directory");

        assertThat(refusal(up(file.resolve("below")))).contains(file.toString(), "--dir");
        assertThat(refusal(up(file))).contains(file + " is not a directory", "--dir");
        // Nobody can write there, not even root.
        assertThat(refusal(up(Path.of("/proc/koda"), "--port", "0"))).contains("/proc/koda", "--dir");
    }

    @Test
    void takesNoDirectoryWithoutItsMarker() throws IOException {
        var directory = sandbox.directory("photos");
        Files.writeString(directory.resolve("holiday.jpg"), "pixels");

        assertThat(refusal(up(directory))).contains(directory.toString(), ".koda-state", "--dir");
        try (var content = Files.list(directory)) {
            assertThat(content).containsExactly(directory.resolve("holiday.jpg"));
        }
    }

    @Test
    void refusesItsDirectoryIfOthersCanLookInside() throws IOException {
        var directory = sandbox.directory("open");
        Files.writeString(directory.resolve(".koda-state"), "");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(refusal(up(directory))).contains("rwxr-xr-x", "chmod 700 " + directory);
    }

    @Test
    void namesAJavaThatIsTooOld() throws IOException {
        var programs = programs("old-java");
        script(programs.resolve("java"), "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");

        assertThat(refusal(sandbox.koda(only(programs), "up"))).contains("is Java 11", "version 17 or later");
        assertThat(sandbox.root().resolve(".koda-local")).doesNotExist();
    }

    @Test
    void saysThatThereIsNoJava() throws IOException {
        assertThat(refusal(sandbox.koda(only(programs("no-java")), "up"))).contains("no Java found", "version 17");
    }

    @Test
    void rootNeedsUserNamespaces() throws IOException {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root needs them");
        var programs = sandbox.directory("no-namespaces");
        script(programs.resolve("unshare"), "exit 1");
        var environment = Map.of("PATH", programs + ":" + System.getenv("PATH"));
        var directory = sandbox.root().resolve("as-root");

        var refused = sandbox.koda(environment, "up", "--port", "0", "--dir", directory.toString());

        assertThat(refusal(refused)).contains("unshare", "as another user");
        assertThat(directory.resolve("postgres")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "--prot, Unknown option",
        "--port=nine, nine",
        "--port=65536, from 0 to 65535",
        "--restart-delay=soon, soon"
    })
    void namesAWrongFlag(String flag, String words) {
        assertThat(refusal(sandbox.koda("up", flag))).contains(words);
        assertThat(sandbox.root().resolve(".koda-local")).doesNotExist();
    }

    /** A PATH of its own with what bin/koda calls and no java. */
    private static Path programs(String name) throws IOException {
        var programs = sandbox.directory(name);
        for (var program : new String[] {"sh", "readlink", "dirname", "stty"}) {
            Files.createSymbolicLink(programs.resolve(program), Path.of("/usr/bin", program));
        }
        return programs;
    }

    private static Map<String, String> only(Path programs) {
        return Map.of("PATH", programs.toString(), "JAVA_HOME", "");
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
