package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ctrl-C while {@code koda up} starts, at every step of it: nothing of it is left, and the next start works. */
class EarlyEndIT {
    private static final Duration SHORT = Duration.ofSeconds(60);
    private static final Duration END_LIMIT = Duration.ofSeconds(20);

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    /** The files that a first start makes, in this order; the usual run takes one of each part. */
    static Stream<String> moments() {
        return Boolean.getBoolean("koda.long")
                ? Stream.of(
                        "",
                        "up.lock",
                        ".env",
                        "postgres-binaries",
                        "postgres",
                        "postgres/PG_VERSION",
                        "postgres/base/5",
                        "postgres/postmaster.pid",
                        "postgres/koda.complete")
                : Stream.of("", "postgres-binaries", "postgres/base/5", "postgres/postmaster.pid");
    }

    @ParameterizedTest
    @MethodSource("moments")
    void leavesNothingRunning(String moment) {
        var directory = sandbox.root().resolve("at-" + moment.replace('/', '-'));
        var up = sandbox.koda("up", "--dir", directory.toString(), "--port", Integer.toString(FreePort.next()));
        Within.limit(SHORT, moment + " is there", () -> Files.exists(directory.resolve(moment)));

        up.signal("INT");

        assertThat(up.awaitExit(END_LIMIT)).as(up.toString()).isEqualTo(130);
        assertThat(up.output()).as(up.toString()).isEmpty();
        assertThat(up.errors()).doesNotContain("did not end in order");
        assertThat(Leftovers.in(directory).stream().map(Leftovers::describe)).isEmpty();
    }
}
