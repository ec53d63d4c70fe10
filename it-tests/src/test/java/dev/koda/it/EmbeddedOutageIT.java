package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A Postgres that dies or hangs under a running {@code koda up}: who notices, how soon, and that all recover. */
class EmbeddedOutageIT {
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration REFUSED_LIMIT = Duration.ofMillis(1500);
    private static final Duration HUNG_LIMIT = Duration.ofSeconds(4);
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(5);
    private static final int LONG_ROUNDS = 10;
    private static final String UNAVAILABLE =
            "{\"status\":\"fail\",\"ready\":false,\"reasons\":[\"postgres_unavailable\"]}";

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private static @Nullable RunningStack running;

    @BeforeAll
    static void start() {
        running = RunningStack.up(sandbox, sandbox.root().resolve("stack"), "2s");
    }

    private static RunningStack up() {
        return Objects.requireNonNull(running);
    }

    @BeforeEach
    void isWell() {
        Within.answer(RECOVERY_LIMIT, "ready", () -> up().readiness(), answer -> answer.status() == 200);
    }

    private static IntStream rounds() {
        return IntStream.rangeClosed(1, Boolean.getBoolean("koda.long") ? LONG_ROUNDS : 1);
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void killedPostgresIsSeenAtOnceAndRecovers() {
        long dead = up().postmaster();
        try (var probes = ProbeWatch.of(up())) {
            RealProcess.signal(dead, "KILL");
            var seen = Within.limit(REFUSED_LIMIT, "readiness is 503", probes::isUnready);
            print("kill -9: readiness 503", seen);
            assertThat(up().readiness().text()).isEqualTo(UNAVAILABLE);

            recovers("kill -9", dead);
            probes.assertAnsweredInMilliseconds();
        }
    }

    /** From the moment at which Postgres is back. */
    private static void recovers(String what, long dead) {
        Within.limit(SHORT, "Postgres runs again", () -> up().postmaster() != dead && up().isPostgresBack());
        long begin = System.nanoTime();
        var ready = Within.limit(
                RECOVERY_LIMIT, "ready again", () -> up().readiness().status() == 200);
        print(what + ": ready again", ready);
        Within.answer(
                RECOVERY_LIMIT.minusNanos(System.nanoTime() - begin),
                "the server's own doctor knows",
                () -> Doctor.of(up().doctor("?cached=true").text()),
                doctor -> doctor.ids("", "fail").isEmpty());
        print(what + ": doctor without a fail", Duration.ofNanos(System.nanoTime() - begin));
    }

    /** With a stack whose Postgres stays away: a doctor takes about as long as the restart of the other one. */
    @Test
    void doctorNamesTheOneCauseOfAKilledPostgres() {
        var stack = RunningStack.up(sandbox, sandbox.root().resolve("stays-away"), "120s");
        RealProcess.signal(stack.postmaster(), "KILL");

        var doctor = stack.doctorCommand("--json");
        int code = doctor.awaitExit(SHORT);

        assertOneCause(doctor, code, "postgres.tcp", "connection_refused");
        assertThat(Doctor.of(doctor.output()).rootCauses("postgres"))
                .hasSize(13)
                .containsOnly("postgres.tcp");
        assertThat(doctor.lastErrorLine()).contains("exit 1", "postgres.tcp");
    }

    private static void assertOneCause(RealProcess doctor, int code, String id, String reason) {
        var report = Doctor.of(doctor.output());
        assertThat(code).as(doctor.toString()).isEqualTo(1);
        assertThat(report.ids("postgres", "fail")).containsExactly(id);
        assertThat(report.checks(id).get(0).path("reason").asText()).isEqualTo(reason);
        assertThat(report.rootCauses("postgres")).isNotEmpty().containsOnly(id);
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void stoppedPostgresIsSeenInTimeAndRecovers() {
        long hung = up().postmaster();
        try (var probes = ProbeWatch.of(up())) {
            RealProcess.signal(hung, "STOP");
            try {
                var seen = Within.limit(HUNG_LIMIT, "readiness is 503", probes::isUnready);
                print("SIGSTOP: readiness 503", seen);
                assertThat(up().readiness().text()).isEqualTo(UNAVAILABLE);

                var doctor = up().doctorCommand("--json");
                assertOneCause(doctor, doctor.awaitExit(SHORT), "postgres.tls", "no_answer");
            } finally {
                RealProcess.signal(hung, "CONT");
            }
            var ready = Within.limit(
                    RECOVERY_LIMIT, "ready again", () -> up().readiness().status() == 200);
            print("SIGCONT: ready again", ready);
            probes.assertAnsweredInMilliseconds();
        }
        assertThat(up().postmaster()).isEqualTo(hung);
    }

    private static void print(String what, Duration after) {
        System.out.printf("%s after %d ms%n", what, after.toMillis());
    }
}
