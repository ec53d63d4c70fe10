package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The {@code koda} of a checkout, in a copy of its own, on machines that lack something. */
class LauncherIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private Path checkout = Path.of("");
    private Path programs = Path.of("");

    /** A checkout with one source, and a PATH with what the launcher calls, but neither Java nor Maven. */
    @BeforeEach
    void makeCheckout(TestInfo test) throws IOException {
        checkout = sandbox.directory(test.getTestMethod().orElseThrow().getName());
        Files.copy(Path.of("..", "koda"), checkout.resolve("koda"));
        Files.writeString(Files.createDirectory(checkout.resolve("koda-cli")).resolve("pom.xml"), "<project/>");
        programs = Files.createDirectory(checkout.resolve("programs"));
        for (var program : List.of(
                "sh",
                "readlink",
                "dirname",
                "find",
                "head",
                "mkdir",
                "flock",
                "date",
                "rm",
                "tar",
                "gzip",
                "ln",
                "mv",
                "cat",
                "cmp",
                "sort")) {
            Files.createSymbolicLink(programs.resolve(program), Path.of("/usr/bin", program));
        }
    }

    private RealProcess koda(Map<String, String> more, String... arguments) {
        var environment = new HashMap<>(Map.of("PATH", programs.toString(), "JAVA_HOME", ""));
        environment.putAll(more);
        var command = new ArrayList<>(List.of(checkout.resolve("koda").toString()));
        command.addAll(List.of(arguments));
        try (var process = RealProcess.start(command, checkout, environment)) {
            process.awaitExit(LIMIT);
            return process;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void assertRefused(RealProcess koda, String... words) {
        assertThat(koda.awaitExit(LIMIT)).as(koda.toString()).isEqualTo(2);
        assertThat(koda.output()).isEmpty();
        assertThat(koda.errors().lines()).as("one sentence").hasSize(1);
        assertThat(koda.errors()).startsWith("koda: ").contains(words);
        assertThat(checkout.resolve("koda-cli/target/distribution")).doesNotExist();
    }

    @Test
    void saysThatThereIsNoJava() {
        assertRefused(koda(Map.of(), "doctor"), "no JDK found", "version 17", "tar.gz");
    }

    @Test
    void saysThatARuntimeIsNoJdk() throws IOException {
        script(programs.resolve("java"), "echo 'openjdk version \"17.0.1\" 2021-10-19' >&2");

        assertRefused(koda(Map.of(), "doctor"), "no JDK found", "version 17", "tar.gz");
        var home = Files.createDirectory(checkout.resolve("jre"));
        assertRefused(koda(Map.of("JAVA_HOME", home.toString()), "doctor"), home + "/bin/javac", "JAVA_HOME");
    }

    @Test
    void namesAJdkThatIsTooOld() throws IOException {
        javac("11.0.2");

        assertRefused(koda(Map.of(), "doctor"), "is version 11", "version 17 or later");
    }

    @Test
    void saysThatThereIsNoMaven() throws IOException {
        javac("17.0.1");

        assertRefused(koda(Map.of(), "doctor"), "no Maven", "3.8.7", "tar.gz");
    }

    @Test
    void saysThatTheBuildFailedAndLeavesNothingHalfBuilt() throws IOException {
        javac("17.0.1");
        script(programs.resolve("mvn"), "echo '[ERROR] no such symbol'; exit 1");

        var koda = koda(Map.of(), "doctor");

        assertThat(koda.awaitExit(LIMIT)).as(koda.toString()).isEqualTo(2);
        assertThat(koda.output()).isEmpty();
        assertThat(koda.errors()).contains("[ERROR] no such symbol");
        assertThat(koda.lastErrorLine()).isEqualTo("koda: the build failed; see above");
        try (var left = Files.list(checkout.resolve("koda-cli/target"))) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly(".lock");
        }
    }

    /** With a stand-in for Maven, which packs a distribution that repeats its arguments. */
    @Test
    void buildsOnceAndAgainWhenASourceIsNewer() throws IOException {
        javac("17.0.1");
        script(programs.resolve("mvn"), """
                echo built >>built
                mkdir -p made/koda/bin
                printf '#!/bin/sh\\nprintf "%%s|" "$@"\\n' >made/koda/bin/koda
                printf '#!/bin/sh\\n' >made/koda/bin/koda-archive
                chmod +x made/koda/bin/koda made/koda/bin/koda-archive
                tar -czf koda-cli/target/koda-1.tar.gz -C made koda
                """);
        Files.createSymbolicLink(programs.resolve("chmod"), Path.of("/usr/bin/chmod"));

        var first = koda(Map.of(), "doctor", "--only", "a b");
        var second = koda(Map.of(), "version");

        assertThat(first.output()).as(first.toString()).isEqualTo("doctor|--only|a b|");
        assertThat(second.output()).isEqualTo("version|");
        assertThat(second.errors()).isEmpty();
        assertThat(checkout.resolve("built")).hasContent("built");
        Files.setLastModifiedTime(
                checkout.resolve("koda-cli/pom.xml"),
                FileTime.from(Instant.now().plusSeconds(1)));
        assertThat(koda(Map.of(), "version").output()).isEqualTo("version|");
        assertThat(checkout.resolve("built")).hasContent("built\nbuilt");
    }

    private void javac(String version) throws IOException {
        script(programs.resolve("javac"), "echo javac " + version);
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
