package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jspecify.annotations.Nullable;

/** The command and the server say the same of the same state, byte for byte: nobody has to ask which one is right. */
@TestMethodOrder(OrderAnnotation.class)
class ParityIT {
    private static final Duration SHORT = Duration.ofSeconds(30);

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private static @Nullable RunningStack running;

    /** With a Postgres that stays away once it is gone. */
    @BeforeAll
    static void start() {
        running = RunningStack.up(sandbox, sandbox.root().resolve("stack"), "120s");
    }

    private static RunningStack up() {
        return Objects.requireNonNull(running);
    }

    @Test
    @Order(1)
    void sameBytesOfAHealthyStack() {
        if (Doctor.hasRoom(sandbox.root())) {
            assertSame("pass", 0);
        }
    }

    @Test
    @Order(2)
    void sameBytesOfAWarning() throws IOException {
        Files.setPosixFilePermissions(up().envFile(), PosixFilePermissions.fromString("rw-r--r--"));
        try {
            var report = assertSame("warn", 3);
            assertThat(report.ids("secrets", "warn")).containsExactly("secrets.file-mode");
        } finally {
            Files.setPosixFilePermissions(up().envFile(), PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    @Order(3)
    void sameBytesOfAFailure() {
        RealProcess.signal(up().postmaster(), "KILL");
        Within.limit(SHORT, "readiness is 503", () -> up().readiness().status() == 503);

        var report = assertSame("fail", 1);

        assertThat(report.ids("", "fail")).containsExactly("postgres.tcp", "runtime.readiness");
        assertThat(report.rootCauses("postgres")).hasSize(4);
    }

    /** Compares once both have to know of the state, and gives the report. */
    private static Doctor assertSame(String status, int exitCode) {
        var server = Within.answer(
                SHORT,
                "the server's doctor is " + status,
                () -> up().doctor("?stable=true"),
                answer -> Doctor.of(answer.text()).status().equals(status));
        var command = up().doctorCommand("--stable", "--json");

        assertThat(command.awaitExit(SHORT)).as(command.toString()).isEqualTo(exitCode);

        assertThat(new String(command.outputBytes(), StandardCharsets.UTF_8)).isEqualTo(server.text());
        assertThat(command.outputBytes()).isEqualTo(server.body());
        return Doctor.of(command.output());
    }
}
