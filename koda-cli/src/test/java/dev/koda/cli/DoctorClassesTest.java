package dev.koda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a command loads is what people wait for: a real run, in a process of its own, with every class it loads. */
class DoctorClassesTest {
    private static final Pattern NAME = Pattern.compile("\\] ([\\w.$/]+) source:");
    private static final List<String> UNWANTED = List.of(
            "dev.koda.server.",
            "java.net.http.",
            "dev.koda.cli.RemoteReports",
            "dev.koda.dashboard.",
            "com.fasterxml.jackson.databind.",
            "org.snakeyaml.",
            "software.amazon.",
            "ch.qos.logback.",
            "io.prometheus.",
            "io.micrometer.",
            "org.gaul.",
            "io.zonky.");

    @TempDir
    Path directory;

    @Test
    @Timeout(60)
    void theDoctorLoadsOnlyWhatItsChecksNeed() throws Exception {
        Files.writeString(directory.resolve(".env"), "STATE_ROOT_DIR=" + directory + "\nKODA_STACK=none\n");

        var loaded = classesOf("doctor", "--json");

        assertThat(loaded).contains("dev.koda.cli.DoctorCommand", "dev.koda.checks.report.ReportJson");
        assertThat(loaded).noneMatch(name -> UNWANTED.stream().anyMatch(name::startsWith));
    }

    @Test
    @Timeout(60)
    void theReportOfAServerNeedsNoVertx() throws Exception {
        Files.writeString(directory.resolve(".env"), "KODA_STACK=none\nCONTROL_PLANE_API_TOKEN=kt-correct-horse\n");

        var loaded = classesOf("doctor", "--json", "--from", "http://127.0.0.1:1");

        assertThat(loaded).contains("dev.koda.cli.RemoteReports");
        assertThat(loaded)
                .noneMatch(name -> name.startsWith("io.vertx.")
                        || name.startsWith("io.netty.")
                        || name.startsWith("dev.koda.checks.stack.StackClients"));
    }

    @Test
    @Timeout(60)
    void logsNeedNeitherVertxNorTheChecks() throws Exception {
        Files.writeString(directory.resolve("a.log"), "{\"event\":\"a\",\"level\":\"info\"}\n");

        var loaded = classesOf("logs", "--no-follow", "-o", "pretty", "--file", "a.log");

        assertThat(loaded).contains("dev.koda.cli.logs.LogTail", "dev.koda.cli.logs.PrettyFormat");
        assertThat(loaded)
                .noneMatch(name -> UNWANTED.stream().anyMatch(name::startsWith)
                        || name.startsWith("io.vertx.")
                        || name.startsWith("io.netty.")
                        || name.startsWith("dev.koda.checks.stack.KodaStack")
                        || name.startsWith("dev.koda.checks.stack.StackClients"));
    }

    private List<String> classesOf(String... arguments) throws IOException, InterruptedException {
        var log = directory.resolve("classes.log");
        var java = ProcessHandle.current().info().command().orElseThrow();
        var command = new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:file=" + log + ":tags",
                "-cp",
                System.getProperty("java.class.path"),
                KodaMain.class.getName());
        command.command().addAll(List.of(arguments));
        command.environment().clear();
        command.directory(directory.toFile()).redirectErrorStream(true);
        var process =
                command.redirectOutput(directory.resolve("output").toFile()).start();
        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        return NAME.matcher(Files.readString(log))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
