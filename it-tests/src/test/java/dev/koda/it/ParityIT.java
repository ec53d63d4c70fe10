package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The command and the server say the same of the same state, byte for byte: nobody has to ask which one is right. */
@TestMethodOrder(OrderAnnotation.class)
class ParityIT {
    private static final Duration SHORT = Duration.ofSeconds(30);

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private static @Nullable RunningStack running;

    /** With a Postgres that stays away once it is gone. A volume without room would be one more culprit in every state. */
    @BeforeAll
    static void start() {
        assumeTrue(Doctor.hasRoom(sandbox.root()), "the volume has room");
        running = RunningStack.up(sandbox, sandbox.root().resolve("stack"), "120s");
    }

    private static RunningStack up() {
        return Objects.requireNonNull(running);
    }

    @Test
    @Order(1)
    void sameBytesOfAHealthyStack() {
        assertSame("pass", 0, List.of());
    }

    @Test
    @Order(2)
    void sameBytesOfAWarning() throws IOException {
        var elsewhere = Files.move(up().envFile(), sandbox.root().resolve("elsewhere.env"));
        Files.createSymbolicLink(up().envFile(), elsewhere);
        try {
            assertSame("warn", 3, List.of("secrets.file-mode"));
        } finally {
            Files.move(elsewhere, up().envFile(), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    @Order(3)
    void sameBytesOfAFailure() {
        RealProcess.signal(up().postmaster(), "KILL");
        Within.limit(SHORT, "readiness is 503", () -> up().readiness().status() == 503);

        var report = assertSame("fail", 1, List.of("postgres.tcp", "runtime.readiness"));

        assertThat(report.rootCauses("postgres")).hasSize(13);
    }

    /**
     * Compares once the server knows of the state, for it reuses results that are younger than their ttl.
     *
     * @param culprits the checks that have run and are not pass
     * @return the report
     */
    private static Doctor assertSame(String status, int exitCode, List<String> culprits) {
        var server = Within.answer(
                SHORT,
                "the server's doctor is " + status,
                () -> up().doctor("?stable=true"),
                answer -> Doctor.of(answer.text()).culprits().equals(culprits));
        var command = up().doctorCommand("--stable", "--json");

        assertThat(command.awaitExit(SHORT)).as(command.toString()).isEqualTo(exitCode);
        assertThat(Doctor.of(command.output()).status()).isEqualTo(status);

        assertThat(new String(command.outputBytes(), StandardCharsets.UTF_8)).isEqualTo(server.text());
        assertThat(command.outputBytes()).isEqualTo(server.body());
        return Doctor.of(command.output());
    }
}
