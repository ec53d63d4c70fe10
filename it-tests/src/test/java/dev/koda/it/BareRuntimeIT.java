package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The distribution as it comes out of its archive, in an empty directory, with a Java runtime that is no JDK. */
class BareRuntimeIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    /** Less than any Java runtime that people install, and above all none of {@code jdk.compiler}. */
    private static final String MODULES =
            "java.se,jdk.crypto.ec,jdk.management,jdk.naming.dns,jdk.security.auth,jdk.unsupported,jdk.zipfs";

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private static Map<String, String> environment = Map.of();

    @BeforeAll
    static void makeTheRuntime() throws IOException {
        var runtime = sandbox.root().resolve("runtime");
        var jlink = Path.of(System.getProperty("java.home"), "bin", "jlink").toString();
        try (var process = RealProcess.start(
                List.of(jlink, "--add-modules", MODULES, "--output", runtime.toString()), sandbox.root(), Map.of())) {
            assertThat(process.awaitExit(LONG)).as(process.toString()).isZero();
        }
        assertThat(runtime.resolve("bin/javac")).doesNotExist();
        System.out.println("a Java runtime of " + MODULES);
        environment = Map.of("JAVA_HOME", "", "PATH", runtime.resolve("bin") + ":/usr/bin:/bin");
    }

    @Test
    void upAndDoctorNeedNoJdk() {
        var home = sandbox.directory("koda");
        var distribution = Distribution.unpackedInto(home);

        var up = sandbox.koda(distribution, home, environment, "up", "--port", "0");
        up.awaitOutput("^Ctrl-C stops everything", LONG);
        var doctor = sandbox.koda(distribution, home, environment, "doctor", "--env-file", ".koda-local/.env");

        int code = doctor.awaitExit(LONG);
        assertThat(doctor.output()).contains("PASS postgres.round-trip", "PASS object-store.canary", "SUMMARY");
        if (Doctor.hasRoom(home)) {
            assertThat(code).as(doctor.toString()).isZero();
        }
        up.signal("INT");
        assertThat(up.awaitExit(LONG)).isEqualTo(130);
        assertThat(home.resolve("lib/koda.jsa"))
                .as("an archive is made by its own step only")
                .doesNotExist();
        assertThat(Files.isDirectory(home.resolve(".koda-local"))).isTrue();
    }
}
