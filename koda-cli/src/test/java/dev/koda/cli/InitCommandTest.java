package dev.koda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.settings.CustomCheck;
import dev.koda.checks.settings.StackFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InitCommandTest {
    private static final Path CORPUS = Path.of("src/test/resources/compose");

    @TempDir
    Path directory;

    static List<Path> composeFiles() throws IOException {
        try (var files = Files.list(CORPUS)) {
            return files.sorted().toList();
        }
    }

    static Stream<Path> composeFilesAndNone() throws IOException {
        return Stream.concat(composeFiles().stream(), Stream.of(Path.of("none")));
    }

    @ParameterizedTest
    @MethodSource("composeFilesAndNone")
    void whatItWritesIsValidForTheNextCommandAndForEditors(Path compose) throws IOException {
        if (Files.exists(compose)) {
            Files.copy(compose, directory.resolve("compose.yaml"));
        }

        var run = CommandRun.in(directory).koda("init");
        var printed = CommandRun.in(directory).koda("init", "--print");

        assertThat(run.code()).as(run.errors()).isEqualTo(0);
        assertThat(run.output()).startsWith("wrote " + directory.resolve("koda.yaml") + "\n");
        var text = Files.readString(directory.resolve("koda.yaml"));
        assertThat(printed.output()).isEqualTo(text);
        assertThat(StackFileSchema.errors(text)).isEmpty();
        assertThat(text).doesNotContain("\t", "\r", "\u0007");
        var validated = CommandRun.in(directory).koda("config", "validate");
        assertThat(validated.code()).as(validated.errors()).isEqualTo(0);
        var listed = CommandRun.in(directory).real().koda("checks", "list");
        assertThat(listed.code()).as(listed.errors()).isEqualTo(0);
        assertThat(checks(text)).allSatisfy(check -> assertThat(listed.output()).contains("CHECK " + check.id() + " "));
    }

    @Test
    void proposesForEachPublishedPort() throws IOException {
        assertThat(proposed("01-short-ports.yaml"))
                .containsExactly(
                        "- id: service.web-8080 title: web answers http: {url: \"http://127.0.0.1:8080/\", expect: 200-499}",
                        "- id: service.web-8443 title: web takes connections tcp: {host: 127.0.0.1, port: 8443}",
                        "- id: service.db title: db takes connections tcp: {host: 127.0.0.1, port: 5432}");
        assertThat(proposed("02-long-ports.yaml"))
                .containsExactly(
                        "- id: service.api-8000 title: api answers http: {url: \"http://127.0.0.1:8000/\", expect: 200-499}",
                        "- id: service.api-9999 title: api takes connections tcp: {host: \"::1\", port: 9999}");
        assertThat(proposed("09-ranges.yaml"))
                .hasSize(6)
                .contains(
                        "- id: service.many-7101 title: many answers http: {url: \"http://[::1]:7101/\", expect: 200-499}");
    }

    @Test
    void putsInWhatVariablesStandFor() throws IOException {
        Files.writeString(directory.resolve(".env"), "GRAFANA_PORT=3300\nAPI_PORT=8088\n");

        assertThat(proposed("03-variables.yaml"))
                .containsExactly(
                        "- id: service.web title: web answers http: {url: \"http://127.0.0.1:3300/api/health\", expect: 200}",
                        "- id: service.api title: api answers http: {url: \"http://127.0.0.1:8088/\", expect: 200-499}",
                        "- id: service.s3-9333 title: s3 answers"
                                + " http: {url: \"http://127.0.0.1:9333/cluster/status\", expect: 200}",
                        "- id: service.s3-8333 title: s3 takes connections tcp: {host: 127.0.0.1, port: 8333}");
    }

    @Test
    void asksWhatTheHealthCheckOfAServiceAsks() throws IOException {
        assertThat(proposed("04-healthchecks.yaml"))
                .containsExactly(
                        "- id: service.a title: a answers http: {url: \"http://127.0.0.1:8001/health/live\", expect: 200-399}",
                        "- id: service.b title: b answers http: {url: \"http://127.0.0.1:3005/healthz\", expect: 200-399}",
                        "- id: service.c title: c answers http: {url: \"http://127.0.0.1:3006/api/health\", expect: 200-399}",
                        "- id: service.secret title: secret takes connections tcp: {host: 127.0.0.1, port: 8002}",
                        "- id: service.secure title: secure takes connections tcp: {host: 127.0.0.1, port: 8443}",
                        "- id: service.other title: other takes connections tcp: {host: 127.0.0.1, port: 6432}",
                        "- id: service.shell title: shell takes connections tcp: {host: 127.0.0.1, port: 8003}");
    }

    @Test
    void asksForRoomOncePerVolume() throws IOException {
        Files.createDirectories(directory.resolve("data"));

        var proposed = proposed("05-volumes.yaml");

        assertThat(proposed)
                .filteredOn(check -> check.contains(" disk: "))
                .first()
                .isEqualTo("- id: volume.objects title: room where services write to objects disk: {path: "
                        + directory.resolve("data/objects") + "}");
        assertThat(proposed.toString()).doesNotContain("init.sql", "docker.sock");
    }

    @Test
    void saysWhatItProposesNothingFor() throws IOException {
        Files.copy(CORPUS.resolve("01-short-ports.yaml"), directory.resolve("compose.yaml"));

        var run = CommandRun.in(directory).koda("init");

        assertThat(run.output())
                .contains("  3 checks proposed from compose.yaml\n    service.web-8080\n")
                .contains("  none for cache: Docker picks its port anew each time\n")
                .contains("  none for dns: nobody can see from outside whether its ports answer\n")
                .contains("  none for worker: it publishes no port\n")
                .endsWith("next: koda doctor\n");
        assertThat(directory.resolve("koda.yaml")).content().contains("#   worker: it publishes no port\n");
        assertThat(proposed("06-anchors.yaml")).hasSize(3);
    }

    @Test
    void findsTheFileOfAKodaInstall() throws IOException {
        var install = Files.createDirectories(directory.resolve("koda"));
        Files.createDirectories(install.resolve("bundle"));
        Files.copy(CORPUS.resolve("10-koda-release.yaml"), install.resolve("bundle/docker-compose.release.yml"));
        Files.writeString(install.resolve(".env"), "CONTROL_PLANE_PORT=8090\nWEB_PORT=3100\nPOSTGRES_PASSWORD=x\n");

        var run = CommandRun.in(directory).koda("init", "--dir", "koda");

        assertThat(run.output())
                .contains("proposed from bundle/docker-compose.release.yml\n", "service.app\n", "service.web\n")
                .endsWith("next: koda doctor --dir " + install + "\n");
        assertThat(install.resolve("koda.yaml"))
                .content()
                .contains(
                        "service: {name: koda}\n", "http://127.0.0.1:8090/health", "http://127.0.0.1:3100/api/health");
    }

    @Test
    void replacesAFileOnlyIfToldTo() throws IOException {
        var file = Files.writeString(directory.resolve("koda.yaml"), "version: 1\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        var refused = CommandRun.in(directory).koda("init");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.output()).isEmpty();
        assertThat(refused.why()).contains("is there already; --force replaces it");
        assertThat(file).hasContent("version: 1\n");

        assertThat(CommandRun.in(directory).koda("init", "--force").code()).isEqualTo(0);
        assertThat(file).content().contains("# What koda checks here");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--compose missing.yaml, 1 error in the settings",
        "--compose broken.yaml, 1 error in the settings",
        "--compose broken.yaml --no-compose, contradict",
        "--dir missing, is no directory"
    })
    void refusesWhatItCannotRead(String options, String why) throws IOException {
        Files.writeString(directory.resolve("broken.yaml"), "services: {a: [}\n");

        var run = CommandRun.in(directory).koda(("init " + options).split(" ", -1));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.why()).contains(why);
        assertThat(directory.resolve("koda.yaml")).doesNotExist();
    }

    @Test
    void goesOnWithoutAnEnvFileThatItCannotRead() throws IOException {
        Files.writeString(directory.resolve(".env"), "A=\"open\n");
        Files.copy(CORPUS.resolve("03-variables.yaml"), directory.resolve("compose.yaml"));

        var run = CommandRun.in(directory).koda("init");

        assertThat(run.code()).isEqualTo(0);
        assertThat(run.errors()).contains("koda init: passed over " + directory.resolve(".env") + ":1:");
    }

    @Test
    void saysThatItReadsNoOtherFiles() throws IOException {
        Files.copy(CORPUS.resolve("11-include.yaml"), directory.resolve("compose.yaml"));

        assertThat(CommandRun.in(directory).koda("init").errors()).contains("docker compose config > all.yaml");
    }

    /** The proposed checks, each on one line and without its comment. */
    private List<String> proposed(String compose) throws IOException {
        var file = Files.copy(CORPUS.resolve(compose), directory.resolve(compose));
        var text = CommandRun.in(directory)
                .koda("init", "--print", "--compose", file.toString())
                .output();
        var list = text.substring(text.indexOf("\nchecks:\n") + 9, text.indexOf("\n# What is not to be"));
        return Stream.of(list.split("\n\n", -1))
                .map(check -> check.lines()
                        .map(String::strip)
                        .filter(line -> !line.startsWith("#"))
                        .reduce("", (a, b) -> a.isEmpty() ? b : a + " " + b))
                .filter(check -> !check.isEmpty())
                .toList();
    }

    private static List<CustomCheck> checks(String text) {
        return StackFile.parse(Path.of("koda.yaml"), text.getBytes(StandardCharsets.UTF_8), name -> null)
                .checks();
    }
}
