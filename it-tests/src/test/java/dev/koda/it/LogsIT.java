package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code koda logs} of the distribution, with a stand-in for Docker and with files. */
class LogsIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int LINES = 100_000;
    private static final List<String> SERVICES = List.of("app", "memory", "web");
    /** A heap of 64 MiB, what the JVM takes beside it, and room for another one. */
    private static final long MEMORY_LIMIT = 256L << 20;

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private static RealProcess logs(StandInDocker docker, String... arguments) {
        var all = new ArrayList<>(List.of("logs", "--dir", docker.install()));
        all.addAll(List.of(arguments));
        return sandbox.koda(docker.environment(), all.toArray(String[]::new));
    }

    /** The same, with what a shell makes of its output. */
    private static RealProcess shell(StandInDocker docker, String line) {
        var environment = new HashMap<>(docker.environment());
        environment.put("KODA", Distribution.installed().program("koda") + " logs --dir " + docker.install());
        environment.put("TERM", "xterm");
        environment.put("LANG", "C.UTF-8");
        return sandbox.run(List.of("bash", "-c", line), environment);
    }

    /** Writes lines with the numbers 0, 1, ... to the logs of all services, in the order of their stamps. */
    private static void number(StandInDocker docker, int count, String more) throws IOException {
        var random = new Random(17);
        try (var app = docker.log("app");
                var memory = docker.log("memory");
                var web = docker.log("web")) {
            var logs = List.of(app, memory, web);
            long nanos = 0;
            int service = 0;
            for (int i = 0; i < count; i++) {
                // Lines of one service often have one stamp; those of several never, so that their order is the
                // numbers'.
                int next = random.nextInt(logs.size());
                nanos += next == service ? random.nextInt(2) : 1 + random.nextInt(5000);
                service = next;
                logs.get(service).write(StandInDocker.stamp(nanos) + " {\"event\":\"n\",\"i\":" + i + more + "}\n");
            }
        }
    }

    private static void assertNumbered(BufferedReader lines, int count, String more) throws IOException {
        for (int i = 0; i < count; i++) {
            assertThat(lines.readLine()).isEqualTo("{\"event\":\"n\",\"i\":" + i + more + "}");
        }
        assertThat(lines.readLine()).isNull();
    }

    @Test
    void threeTimesAHundredThousandLinesAreInExactOrder() throws IOException {
        var docker = new StandInDocker(sandbox.directory("order"));
        number(docker, SERVICES.size() * LINES, "");

        var logs = logs(docker, "--no-follow");

        assertThat(logs.awaitExit(LIMIT)).as(logs.errors()).isZero();
        assertNumbered(new BufferedReader(new StringReader(logs.output())), SERVICES.size() * LINES, "");
    }

    /** 180 MB through a pipe whose reader compares every line before it takes another one. */
    @Test
    void memoryStaysFlatHoweverSlowTheReaderIs() throws IOException {
        var docker = new StandInDocker(sandbox.directory("memory"));
        var more = ",\"more\":\"" + "x".repeat(1000) + "\"";
        number(docker, 180_000, more);
        var pipe = sandbox.root().resolve("memory/pipe");

        var logs = shell(docker, "mkfifo " + pipe + " && exec $KODA --no-follow >" + pipe);
        Within.limit(LIMIT, "the pipe is there", () -> Files.exists(pipe));
        try (var lines = Files.newBufferedReader(pipe)) {
            assertThat(lines.readLine()).contains("\"i\":0");
            for (int i = 1; i < 180_000; i++) {
                assertThat(lines.readLine()).isEqualTo("{\"event\":\"n\",\"i\":" + i + more + "}");
                if (i == 179_000) {
                    assertThat(logs.peakMemoryBytesSoFar()).isBetween(1L << 20, MEMORY_LIMIT);
                }
            }
            assertThat(lines.readLine()).isNull();
        }
        assertThat(logs.awaitExit(LIMIT)).as(logs.errors()).isZero();
    }

    @Test
    void overFiveRestartsNothingIsLostAndNothingComesTwice() throws IOException {
        var docker = new StandInDocker(sandbox.directory("restarts"));
        var expected = new ArrayList<String>();
        var random = new Random(23);
        try (var app = docker.log("app")) {
            long nanos = 0;
            for (int i = 0; i < 3000; i++) {
                nanos += 20_000_000L * random.nextInt(2) * random.nextInt(100) / 100;
                // Many are equal in stamp and text.
                var text = i == 2999 ? "the last one" : "line " + i / 3;
                app.write(StandInDocker.stamp(nanos) + ' ' + text + '\n');
                expected.add(text);
            }
        }
        docker.restarts("app", List.of(500, 900, 1000, 1000, 1600, 2200));

        var logs = logs(docker, "--tail", "all");
        logs.awaitOutput("^the last one$", LIMIT);
        logs.signal("INT");

        assertThat(logs.awaitExit(LIMIT)).isEqualTo(130);
        assertThat(logs.output().lines()).containsExactlyElementsOf(expected);
        assertThat(logs.errors())
                .contains("koda logs: app: its log has ended; waiting for more\nkoda logs: app: goes on\n");
    }

    @Test
    void whatComesIsInOrderAndCtrlCEndsAll() throws IOException {
        var docker = new StandInDocker(sandbox.directory("follow"));
        docker.logNow("app", "old");
        docker.logNow("web", "begin");
        var logs = logs(docker, "app", "web", "-o", "json");
        logs.awaitOutput("\"begin\"", LIMIT);
        for (int i = 0; i < 40; i++) {
            docker.logNow(i % 2 == 0 ? "app" : "web", "n" + (100 + i));
        }

        IntStream.range(100, 140).forEach(i -> logs.awaitOutput("\"n" + i + "\"", LIMIT));
        var before = logs.age();
        logs.signal("INT");

        assertThat(logs.awaitExit(LIMIT)).isEqualTo(130);
        System.out.println("koda logs ended " + logs.age().minus(before).toMillis() + " ms after Ctrl-C");
        assertThat(logs.output().lines()).hasSize(42);
        // On a machine that is busy a line may come later than the window, and says so.
        assertThat(logs.output()
                        .lines()
                        .skip(2)
                        .filter(line -> !line.contains("\"late\":true"))
                        .map(line -> line.replaceAll(".*\"line\":\"([^\"]*)\".*", "$1")))
                .isSorted();
        Within.limit(
                LIMIT, "no reader is left", () -> Leftovers.in(sandbox.root()).isEmpty());
    }

    @Test
    void whoeverHasReadEnoughMayGo() throws IOException {
        var docker = new StandInDocker(sandbox.directory("pipe"));
        number(docker, 60_000, "");

        var logs = shell(docker, "$KODA --no-follow | head -n 1; echo \"${PIPESTATUS[0]}\" >&2");

        assertThat(logs.awaitExit(LIMIT)).isZero();
        assertThat(logs.output()).isEqualTo("{\"event\":\"n\",\"i\":0}\n");
        assertThat(logs.errors().lines())
                .hasSize(2)
                .endsWith("0")
                .first()
                .asString()
                .contains("settings from");
        var full = shell(docker, "$KODA --no-follow >/dev/full");
        assertThat(full.awaitExit(LIMIT)).isEqualTo(70);
        assertThat(full.lastErrorLine()).contains("takes no more");
    }

    @Test
    void nothingSteersATerminalAndNoSecretIsShown() throws IOException {
        var docker = new StandInDocker(sandbox.directory("terminal"));
        docker.logNow("web", "\u001b]0;title\u0007\u001b[2J\u001b[31mred\u001b[0m \u202e \u0008 \u009b2J \r over");
        docker.logNow("web", "{\"event\":\"correct\\u002dhorse-battery\",\"level\":\"error\",\"x\":\"\\u001b[2J\"}");

        var logs = shell(docker, "script -qec \"$KODA --no-follow\" /dev/null");

        assertThat(logs.awaitExit(LIMIT)).as(logs.toString()).isZero();
        assertThat(logs.output().replaceAll("\u001b\\[[0-9;]*m", "").replace("\r\n", "\n"))
                .contains("web", "red ? ? ?2J ? over", "ERROR [REDACTED]", "x=?[2J")
                .doesNotContain("title", "battery")
                .matches("[^\\p{Cc}\\p{Cf}]*(?:\n[^\\p{Cc}\\p{Cf}]*)*");
        assertThat(logs.output()).as("in colour").contains("\u001b[");
    }

    @Test
    void aFileIsFollowedThroughItsRotations() throws IOException {
        var root = sandbox.directory("rotation");
        var file = root.resolve("nginx.log");
        Files.writeString(file, "one\n");
        var logs = sandbox.koda(Map.of(), "logs", "--file", file.toString());
        logs.awaitOutput("^one$", LIMIT);

        append(file, "two\n");
        logs.awaitOutput("^two$", LIMIT);
        append(file, "three, writ");
        append(file, "ten in parts\n");
        Files.move(file, root.resolve("nginx.log.1"));
        append(root.resolve("nginx.log.1"), "four, to the old one\n");
        Files.writeString(file, "five, in a new one\n");
        logs.awaitOutput("^five", LIMIT);
        Files.writeString(file, "six\n");
        logs.awaitOutput("^six$", LIMIT);
        logs.signal("TERM");

        assertThat(logs.awaitExit(LIMIT)).isEqualTo(143);
        assertThat(logs.output().lines())
                .containsExactly(
                        "one", "two", "three, written in parts", "four, to the old one", "five, in a new one", "six");
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }
}
