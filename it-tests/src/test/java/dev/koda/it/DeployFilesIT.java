package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts of the repository, and the units and the crontab under {@code deploy/}, by the tools they are for. */
class DeployFilesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    @Test
    void shellcheckHasNothingToSayAboutAnyScript() throws IOException {
        var scripts = scripts();
        assertThat(scripts.stream().map(script -> ROOT.relativize(script).toString()))
                .contains(
                        "koda", "verify", ".ci/run", "koda-cli/src/dist/bin/koda", "koda-cli/src/dist/bin/koda-archive")
                .contains("deploy/compose/install.sh", "deploy/compose/update.sh", "deploy/compose/steps.sh");

        var command = new ArrayList<>(List.of("shellcheck"));
        scripts.forEach(script -> command.add(script.toString()));
        var shellcheck = sandbox.run(command);

        assertThat(shellcheck.awaitExit(LIMIT)).as(shellcheck.toString()).isZero();
        assertThat(shellcheck.output()).isEmpty();
    }

    /** Whatever says in its first line that it is for sh, or for shellcheck to read so. */
    private static List<Path> scripts() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.filter(DeployFilesIT::isSource)
                    .filter(DeployFilesIT::isScript)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isSource(Path file) {
        return Stream.of("target", ".git", ".koda-local")
                        .noneMatch(part -> ROOT.relativize(file).toString().matches("(.*/)?" + part + "(/.*)?"))
                && Files.isRegularFile(file);
    }

    private static boolean isScript(Path file) {
        try (var in = Files.newInputStream(file)) {
            var begin = new String(in.readNBytes(24), StandardCharsets.ISO_8859_1);
            return begin.startsWith("#!/bin/sh")
                    || begin.startsWith("#!/bin/bash")
                    || begin.startsWith("# shellcheck shell=");
        } catch (IOException unreadable) {
            throw new AssertionError("cannot read " + file, unreadable);
        }
    }

    /** As they are after their one adaptation: the path of what was unpacked. */
    @Test
    void systemdAcceptsTheUnits() throws IOException {
        var units = sandbox.directory("units");
        var command = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
        for (var name : List.of("koda-doctor.service", "koda-doctor.timer", "koda-checks.service")) {
            var text = Files.readString(deployed("systemd/" + name));
            command.add(Files.writeString(units.resolve(name), adapted(text)).toString());
        }

        var analyze = sandbox.run(command);

        assertThat(analyze.awaitExit(LIMIT)).as(analyze.toString()).isZero();
        assertThat(analyze.errors()).doesNotContain("units/");
    }

    /** What cron would mail: nothing if all is well, else the report. */
    @ParameterizedTest
    @CsvSource({"none,''", "koda,SUMMARY fail"})
    void theLineForCronPrintsOnlyWhatIsNotPass(String stack, String said) throws IOException {
        var install = sandbox.directory("cron-" + stack);
        Files.writeString(install.resolve(".env"), "KODA_STACK=" + stack + "\n");
        Files.writeString(
                install.resolve("koda.yaml"),
                "version: 1\nthresholds: {disk.space: {warn: 0, fail: 0}, disk.inodes: {warn: 0, fail: 0}, system.memory: {warn: 0, fail: 0}}\n");
        var line = Files.readAllLines(deployed("cron/koda-doctor")).stream()
                .filter(one -> one.startsWith("*/5 * * * * root "))
                .findFirst()
                .orElseThrow();
        // cron would take it for the end of the command.
        assertThat(line).doesNotContain("%");
        var command = adapted(line.replaceFirst("^(\\S+ ){6}", ""))
                .replace("/opt/koda ", install + " ")
                .replace("/run/koda-doctor.json", install + "/report.json");

        var cron = sandbox.run(List.of("/bin/sh", "-c", command));

        assertThat(cron.awaitExit(LIMIT)).as(cron.toString()).isZero();
        assertThat(cron.output()).contains(said).matches(text -> text.isEmpty() == said.isEmpty());
        assertThat(cron.errors()).isEmpty();
        assertThat(Files.readString(install.resolve("report.json"))).contains("\"status\"");
    }

    @Test
    void theImageIsMadeOfWhatIsInTheDistribution() throws IOException {
        var home = Distribution.installed().home();
        var copied = Files.readAllLines(deployed("compose/Dockerfile")).stream()
                .filter(line -> line.startsWith("COPY "))
                .map(line -> line.split(" ", -1)[1])
                .toList();

        assertThat(copied).contains("bin", "lib").allMatch(name -> Files.exists(home.resolve(name)));
    }

    private static Path deployed(String name) {
        return Distribution.installed().home().resolve("deploy").resolve(name);
    }

    private static String adapted(String text) {
        return text.replace("/opt/koda-checks/", Distribution.installed().home() + "/");
    }
}
