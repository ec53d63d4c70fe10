package dev.koda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.cli.output.TextStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs that end; what follows them is in {@code LogsIT}. */
class LogsCommandTest {
    private static final String LONG_PART = "x".repeat(16_384);

    @TempDir
    Path directory;

    private StandInDocker docker;

    @BeforeEach
    void makeInstall() throws IOException {
        docker = new StandInDocker(directory);
        docker.log(
                "app",
                "10 {\"event\":\"a\",\"level\":\"info\",\"agent_id\":\"r-7\"}",
                "30 c",
                "50 e POSTGRES_PASSWORD=x");
        docker.log("web", "20 b", "40 WARN d correct-horse", "41 \tat d2");
    }

    private CommandRun.Setup here() {
        return CommandRun.in(directory).environment("PATH", docker.path());
    }

    private CommandRun logs(String... arguments) {
        return logs(here(), arguments);
    }

    private static CommandRun logs(CommandRun.Setup setup, String... arguments) {
        var all = new String[arguments.length + 4];
        System.arraycopy(new String[] {"logs", "--no-follow", "--dir", "koda"}, 0, all, 0, 4);
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return setup.koda(all);
    }

    @Test
    void linesOfAllServicesComeInTheOrderOfTheirTimesWithoutSecrets() throws IOException {
        var run = logs();

        assertThat(run.code()).as(run.errors()).isEqualTo(0);
        assertThat(run.output()).isEqualTo("""
                {"event":"a","level":"info","agent_id":"r-7"}
                b
                c
                WARN d [REDACTED]
                \tat d2
                e POSTGRES_PASSWORD=[REDACTED]
                """);
        assertThat(run.errors())
                .isEqualTo("koda: settings from " + docker.install().resolve(".env") + "\nkoda: settings from "
                        + docker.install().resolve(".release.env") + "\n");
        var compose = "compose --project-directory %1$s --env-file %1$s/.env --env-file %1$s/.release.env -f %1$s/"
                        .formatted(docker.install())
                + "bundle/docker-compose.release.yml ";
        assertThat(docker.calls())
                .startsWith(compose + "config --services", compose + "ps --all --format json")
                .contains(compose + "logs --timestamps --no-color --no-log-prefix web");
    }

    @Test
    void ourOwnOverlayOfAnInstallBelongsToTheProject() throws IOException {
        var overlay = docker.install().resolve("checks/docker-compose.koda-checks.yml");
        Files.createDirectory(overlay.getParent());
        Files.writeString(overlay, "services: {}\n");

        var run = logs();

        assertThat(run.code()).as(run.errors()).isEqualTo(0);
        assertThat(docker.calls())
                .allMatch(call ->
                        call.contains("-f " + docker.install() + "/bundle/docker-compose.release.yml -f " + overlay));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web|b WARN at",
                "--tail 1|at e",
                "--level warn|WARN at",
                "--grep ^[bc]$|b c",
                "--grep d --grep WARN|WARN at",
                "--grep d2|at",
                "--field agent_id=r-*|{",
                "--field event=a --level info|{",
                "--field agent_id=*-7|{",
                "--field agent_id=r|",
                "--field POSTGRES_PASSWORD=*|e",
                "--since 2026-11-23T10:00:00.040Z|WARN at e",
                "--until 2026-11-23T10:00:00.020Z|{"
            })
    void showsWhatIsAskedFor(String arguments, @Nullable String beginnings) {
        var run = logs(arguments.split(" ", -1));

        assertThat(run.code()).as(run.errors()).isEqualTo(0);
        var expected = beginnings == null ? new String[0] : beginnings.split(" ", -1);
        assertThat(run.output().lines())
                .hasSize(expected.length)
                .zipSatisfy(
                        List.of(expected),
                        (line, beginning) -> assertThat(line.strip()).startsWith(beginning));
    }

    @Test
    void aPersonSeesColumns() throws IOException {
        docker.log(
                "app",
                "10 {\"event\":\"provider key rejected, the agent takes the next one\",\"level\":\"warning\","
                        + "\"provider\":\"openai\",\"api_key\":\"sk-abc\",\"timestamp\":\"2026-11-23T10:00:00.010Z\"}",
                "11 {\"event\":\"failed\",\"level\":\"error\",\"exception\":\"Traceback:\\n  File \\\"x\\\"\\nE: y\"}",
                "12 [\u001b[32minfo \u001b[0m] \u001b[2Jcoloured\u0007 \u001b]0;title\u0007\u202eflip\ttab",
                "13  indented");
        docker.log("web", "20 b");

        var plain = logs(here().style(TextStyle.terminal(60, false, true)), "--utc");
        var coloured = logs(here().style(TextStyle.terminal(60, true, true)), "--utc");

        assertThat(plain.output()).isEqualTo("""
                10:00:00.010 app WARN  provider key rejected, the agent
                                       takes the next one provider=openai
                                       api_key=[REDACTED]
                10:00:00.011 app ERROR failed
                                       exception:
                                       Traceback:
                                         File "x"
                                       E: y
                10:00:00.012 app INFO  [info ] coloured? ?flip    tab
                10:00:00.013 app        indented
                10:00:00.020 web       b
                """);
        assertThat(coloured.output().replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain.output());
        assertThat(coloured.output()).contains("\u001b[33mWARN", "\u001b[36mapp", "\u001b[32mweb");
        assertThat(plain.errors()).as("which day it is").contains("\n-- 2026-11-23 --\n");
    }

    @Test
    void programsGetAnObjectALine() {
        var run = logs("--output", "json", "--tail", "2");

        assertThat(run.output()).isEqualTo("""
                {"time":"2026-11-23T10:00:00.030Z","source":"app","line":"c"}
                {"time":"2026-11-23T10:00:00.040Z","source":"web","level":"warn","line":"WARN d [REDACTED]"}
                {"time":"2026-11-23T10:00:00.041Z","source":"web","line":"\\tat d2","continues":true}
                {"time":"2026-11-23T10:00:00.050Z","source":"app","line":"e POSTGRES_PASSWORD=[REDACTED]"}
                """);
    }

    @Test
    void aPipeOfPrettyLinesHasWholeTimesAndNoBreaks() {
        assertThat(logs("-o", "pretty", "--utc", "--tail", "1", "web").output())
                .isEqualTo("2026-11-23T10:00:00.041Z web       \tat d2\n".replace("\t", "    "));
    }

    /** Docker stamps each part of a long line; the secret that lies across two parts is found all the same. */
    @Test
    void aLongLineIsOneLine() throws IOException {
        var stamp = StandInDocker.stamp(10);
        Files.writeString(
                docker.state("app.log"),
                stamp + " " + LONG_PART.substring(7) + "correct" + stamp + " -horse" + "y".repeat(16_378) + stamp
                        + " z\n");

        assertThat(logs("app").output()).isEqualTo(LONG_PART.substring(7) + "[REDACTED]" + "y".repeat(16_378) + "z\n");
    }

    @Test
    void aLineWithoutEndIsCut() throws IOException {
        Files.writeString(docker.state("app.log"), StandInDocker.stamp(1) + " " + "x".repeat(3 << 20) + "\n");

        assertThat(logs("app").output()).isEqualTo("x".repeat(1 << 20) + " [cut at 1 MiB]\n");
    }

    @Test
    void eachReplicaIsALogOfItsOwn() throws IOException {
        Files.move(docker.state("app.log"), docker.state("app-1.log"));
        docker.log("app-2", "15 x");
        Files.writeString(docker.state("ps"), """
                [{"Service":"app","Name":"koda-app-2","State":"running","Labels":"a=b,com.docker.compose.container-number=2"},
                 {"Service":"app","Name":"koda-app-1","State":"exited","Publishers":[{"a":1}]},
                 {"Service":"web","Name":"koda-web-1","State":"running"}]
                """);

        assertThat(logs("-o", "json")
                        .output()
                        .lines()
                        .map(line -> line.replaceAll(".*\"source\":\"([^\"]*)\".*", "$1")))
                .containsExactly("app-1", "app-2", "web", "app-1", "web", "web", "app-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wbe|there is no service 'wbe'; there is app, web (did you mean web?)",
                "--level loud|'loud' is no level; there is trace, debug, info, warn, error, fatal",
                "--level wran|(did you mean warn?)",
                "--tail some|'some' is neither a number of lines nor all",
                "--since yesterday|'yesterday' is no time such as 15m",
                "--grep (|is no regular expression",
                "--field x|'x' is not NAME=VALUE",
                "--follow|--follow and --no-follow exclude each other",
                "--file missing.log|missing.log is not there",
                "--file koda|koda is a directory, not a file"
            })
    void whatCannotBeIsAUsageError(String arguments, String why) {
        var run = logs(arguments.split(" ", -1));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.why()).startsWith("koda logs: exit 2: ").contains(why);
    }

    /** The words of Docker 28 and of older ones. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?|the Docker"
                        + " daemon does not answer",
                "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock|this user"
                        + " may not talk to the Docker daemon",
                "docker: 'compose' is not a docker command.|this Docker has no compose",
                "Run 'docker --help' for more information|this Docker has no compose",
                "open /x/.env: correct-horse \u001b[31mdenied|docker compose config ended with 1: open /x/.env: [REDACTED] denied"
            })
    void saysInOneLineWhyDockerDoesNotAnswer(String words, String why) throws IOException {
        docker.fail("some warning\n" + words + "\n\n");

        var run = logs();

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.why()).startsWith("koda logs: exit 2: " + why).doesNotContain("\u001b");
    }

    @Test
    void saysWhereItHasLookedForAProject() {
        var run = CommandRun.in(directory).koda("logs", "--no-follow");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.why()).contains("no compose project here", directory.toString(), "--dir", "--file");
    }

    @Test
    void saysThatThereIsNoDocker() {
        var run = CommandRun.in(directory).environment("PATH", "/nowhere").koda("logs", "--dir", "koda");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.why())
                .isEqualTo("koda logs: exit 2: there is no docker in PATH; install Docker, or name files with"
                        + " --file or units with --journal");
        assertThat(CommandRun.in(directory)
                        .environment("PATH", "/nowhere")
                        .koda("logs", "--journal", "nginx")
                        .why())
                .contains("there is no journalctl in PATH");
    }

    @Test
    void filesAreMergedByTheTimesThatTheirLinesTell() throws IOException {
        Files.writeString(directory.resolve("a.log"), """
                no time yet
                2026-11-23T10:00:01Z ERROR one
                  of a trace
                2026-11-23T10:00:03Z three
                """);
        Files.writeString(directory.resolve("b.json"), """
                {"ts":1795428002.5,"msg":"two and a half"}
                {"time":"2026-11-23T10:00:04Z","msg":"four"}""");
        var setup = CommandRun.in(directory);

        var all = setup.koda("logs", "--no-follow", "--file", "a.log", "--file", "b.json");
        var last = setup.koda("logs", "--no-follow", "--file", "a.log", "--file", "b.json", "-n1");

        assertThat(all.code()).as(all.errors()).isEqualTo(0);
        assertThat(all.output()).isEqualTo("""
                no time yet
                2026-11-23T10:00:01Z ERROR one
                  of a trace
                {"ts":1795428002.5,"msg":"two and a half"}
                2026-11-23T10:00:03Z three
                {"time":"2026-11-23T10:00:04Z","msg":"four"}
                """);
        assertThat(last.output().lines())
                .containsExactly("2026-11-23T10:00:03Z three", "{\"time\":\"2026-11-23T10:00:04Z\",\"msg\":\"four\"}");
    }

    @Test
    void bytesThatAreNoTextStayAsTheyAre() throws IOException {
        Files.write(directory.resolve("a.log"), new byte[] {'a', (byte) 0xff, (byte) 0xfe, 0, '\n'});
        var run = CommandRun.in(directory).style(TextStyle.terminal(80, false, true));

        assertThat(run.koda("logs", "--no-follow", "--file", "a.log").output()).contains("a\ufffd\ufffd?");
        assertThat(CommandRun.in(directory)
                        .koda("logs", "--no-follow", "--file", "a.log")
                        .output())
                .as("decoded by the test")
                .isEqualTo("a\ufffd\ufffd\0\n");
    }

    @Test
    void theJournalTellsTimesAndLevels() throws IOException {
        var programs = Files.createDirectories(directory.resolve("journal"));
        var script = Files.writeString(programs.resolve("journalctl"), """
                #!/bin/sh
                echo "$*" >>"$(dirname "$0")/calls"
                cat <<'END'
                {"__CURSOR":"s=1","__REALTIME_TIMESTAMP":"1795428001000000","PRIORITY":"3","MESSAGE":"refused\\nby all"}
                {"__CURSOR":"s=2","__REALTIME_TIMESTAMP":"1795428002000000","PRIORITY":"6","MESSAGE":[104,105,255]}
                {"__CURSOR":"s=3","__REALTIME_TIMESTAMP":"1795428003000000","MESSAGE":null}
                no entry
                END
                """);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        var setup = CommandRun.in(directory).environment("PATH", programs + ":/usr/bin:/bin");

        var run = setup.koda("logs", "--no-follow", "--journal", "nginx.service", "-o", "json");

        assertThat(run.output()).isEqualTo("""
                {"time":"2026-11-23T10:00:01Z","source":"nginx","level":"error","line":"refused"}
                {"time":"2026-11-23T10:00:01Z","source":"nginx","level":"error","line":"by all"}
                {"time":"2026-11-23T10:00:02Z","source":"nginx","level":"info","line":"hi\ufffd"}
                {"source":"nginx","line":"no entry"}
                """);
        assertThat(Files.readString(programs.resolve("calls")))
                .isEqualTo("--output=json --all --quiet --no-pager --unit=nginx.service --lines=all\n");
    }

    @Test
    void saysThatALogCouldNotBeRead() throws IOException {
        Files.delete(docker.state("web.log"));
        Files.createDirectory(docker.state("web.log"));

        var run = logs();

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).contains("{\"event\":\"a\"", "c\n");
        assertThat(run.errors()).contains("koda logs: web: docker compose logs ended with ");
        assertThat(run.why()).isEqualTo("koda logs: exit 1: not all logs could be read, see above");
    }
}
