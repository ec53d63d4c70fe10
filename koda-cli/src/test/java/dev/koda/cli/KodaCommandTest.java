package dev.koda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.stack.KodaVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KodaCommandTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "--help, koda",
        "doctor --help, doctor",
        "config show --help, config-show",
        "version -h, version",
        "checks --help, checks",
        "checks list --help, checks-list",
        "checks explain --help, checks-explain",
        "config --help, config",
        "config validate --help, config-validate",
        "secrets --help, secrets",
        "secrets generate --help, secrets-generate",
        "completion --help, completion",
        "logs --help, logs",
        "up --help, up",
        "demo --help, demo",
        "serve --help, serve",
        "init --help, init",
        "help --help, help",
        "checks add --help, checks-add",
        "checks add http --help, checks-add-http",
        "checks add exec --help, checks-add-exec",
        "audit --help, audit",
        "audit tail --help, audit-tail",
        "audit export --help, audit-export",
        "audit verify --help, audit-verify",
        "audit reconcile --help, audit-reconcile",
        "operators --help, operators",
        "operators add --help, operators-add",
        "operators list --help, operators-list",
        "operators revoke --help, operators-revoke",
        "login-link --help, login-link",
        "ops --help, ops",
        "ops init --help, ops-init",
        "beat --help, beat"
    })
    void helpIsADocumentAndListsTheExitCodes(String arguments, String name) throws IOException {
        var run = koda(arguments.split(" ", -1));

        assertThat(run.code()).isEqualTo(0);
        assertThat(run.errors()).isEmpty();
        assertThat(run.output().lines()).allMatch(line -> line.length() <= 80);
        Golden.assertMatches("help-" + name + ".txt", run.output());
    }

    @Test
    void everyCommandHasHelpThatFitsAndAnExample() {
        var commands = new ArrayList<List<String>>();
        collect(List.of(), commands);

        assertThat(commands).hasSizeGreaterThan(20).contains(List.of("checks", "add", "dns"));
        for (var command : commands) {
            var help = koda(Stream.concat(command.stream(), Stream.of("--help")).toArray(String[]::new));
            var same = koda(Stream.concat(Stream.of("help"), command.stream()).toArray(String[]::new));

            assertThat(help.code()).isEqualTo(0);
            assertThat(same.output()).isEqualTo(help.output());
            assertThat(help.output().lines()).allMatch(line -> line.length() <= 80 && !line.endsWith(" "));
            assertThat(help.output()).contains("\nOptions:\n", "\nExit codes:\n");
            if (!help.output().contains("\nCommands:\n") && !command.equals(List.of("version"))) {
                assertThat(help.output()).contains("Example");
            }
        }
    }

    /** The commands that the help of others names. */
    private void collect(List<String> above, List<List<String>> commands) {
        commands.add(above);
        var help = koda(Stream.concat(above.stream(), Stream.of("--help")).toArray(String[]::new))
                .output();
        var names = Pattern.compile("(?m)^  ([a-z-]+)  ").matcher(help.replaceFirst("(?s)\nExit codes:.*", ""));
        while (names.find()) {
            collect(Stream.concat(above.stream(), Stream.of(names.group(1))).toList(), commands);
        }
    }

    @Test
    void noCommandIsAUsageError() {
        assertThat(koda().code()).isEqualTo(2);
        assertThat(koda().output()).isEmpty();
        assertThat(koda().why()).startsWith("koda: exit 2: a command is needed: doctor,");
        assertThat(koda("config").why()).isEqualTo("koda config: exit 2: a subcommand is needed: show, validate");
    }

    @ParameterizedTest
    @CsvSource({
        "docter, doctor",
        "config shwo, show",
        "--verison, --version",
        "doctor --jsno, --json",
        "up --poort=1, --port",
        "demo --claen, --clean",
        "serve --binf=::1, --bind",
        "loggs, logs",
        "logs --no-folow, --no-follow",
        "inti, init",
        "checks ad, add",
        "checks add htp, http",
        "checks add http --forec http://h/, --force",
        "init --comopse=x, --compose",
        "help docter, doctor",
        "help checks lst, list",
        "completion bahs, bash",
        "audit exprot, export",
        "audit verify --pubkye=x, --pubkey",
        "ops int, init",
        "doctor -o jsno, json",
        "doctor --output=health-json, health+json",
        "secrets generate POSTGRES_PASWORD, POSTGRES_PASSWORD",
        "checks explain postgres.replicaton-lag, postgres.replication-lag"
    })
    void suggestsWhatWasMeant(String arguments, String meant) {
        assertThat(koda(arguments.split(" ", -1)).why())
                .contains("(did you mean")
                .contains(meant);
    }

    @Test
    void tellsItsVersion() {
        assertThat(koda("version").output()).startsWith("koda " + KodaVersion.text() + "\njava 1");
        assertThat(koda("--version").output()).isEqualTo("koda " + KodaVersion.text() + "\n");
    }

    @Test
    void showsTheSettingAfterASecretWithoutAValue() throws IOException {
        Files.writeString(directory.resolve("k.env"), "OPENAI_API_KEY=\nKODA_STACK=koda\nPOSTGRES_PASSWORD=\n");

        var run = CommandRun.in(directory).koda("config", "show", "--env-file", "k.env");

        assertThat(run.output().lines()).contains("OPENAI_API_KEY=").allMatch(line -> line.contains("="));
    }

    @Test
    void showsSettingsWithTheirOriginAndWithoutSecrets() throws IOException {
        Files.writeString(
                directory.resolve("k.env"), "POSTGRES_PASSWORD=correct-horse\nPOSTGRES_DB=koda\nKODA_STACK=koda\n");
        var setup = CommandRun.in(directory).environment("POSTGRES_DB", "other");

        var run = setup.koda("config", "show", "--origin", "--env-file", "k.env");
        var brief = setup.koda("config", "show", "--env-file", "k.env");

        assertThat(run.code()).isEqualTo(0);
        assertThat(run.output())
                .contains("POSTGRES_DB=other\n  # environment\n  # not koda of " + directory.resolve("k.env") + ":2\n")
                .contains("POSTGRES_PASSWORD=[REDACTED]\n")
                .contains("  # derived from ")
                .doesNotContain("correct-horse");
        assertThat(brief.output()).contains("POSTGRES_DB=other\n").doesNotContain("#", "correct-horse");
    }

    @ParameterizedTest
    @CsvSource({
        "ALLOW_INSECURE_WEB_OPERATOR_SESSION_SECRET, false, false",
        "ALLOW_INSECURE_WEB_OPERATOR_SESSION_SECRET, correct-horse, [REDACTED]",
        "KNOWLEDGE_V2_POSTGRES_DSN, postgres://u:correct-horse@db:5433/k?sslmode=require, "
                + "postgres://u:[REDACTED]@db:5433/k?sslmode=require",
        "KNOWLEDGE_V2_POSTGRES_DSN, postgres://u:correct/horse@db/k, [REDACTED]",
        "KNOWLEDGE_V2_POSTGRES_DSN, postgres://u:1/correct-horse@db/k, [REDACTED]",
        "KNOWLEDGE_V2_POSTGRES_DSN, postgres://u:x@db/k?password=correct-horse, [REDACTED]"
    })
    void masksTheSecretAndNoMore(String name, String value, String shown) throws IOException {
        Files.writeString(directory.resolve("k.env"), name + "='" + value + "'\n");

        var run = CommandRun.in(directory).koda("config", "show", "--env-file", "k.env");

        assertThat(run.output()).contains(name + "=" + shown + "\n").doesNotContain("horse");
    }

    @Test
    void showsNoSecretThatAnotherSettingHolds() throws IOException {
        Files.writeString(
                directory.resolve("k.env"),
                "POSTGRES_PASSWORD=correct-horse\nKODA_REPLICA=host=replica;key=${POSTGRES_PASSWORD}\n");

        var run = CommandRun.in(directory).koda("config", "show", "--env-file", "k.env");

        assertThat(run.output())
                .contains("KODA_REPLICA=host=replica;key=[REDACTED]\n")
                .doesNotContain("correct-horse");
    }

    @Test
    void repeatsNoValueOfAnOptionThatItDoesNotKnow() {
        var run = koda("doctor", "--token=correct-horse");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.why()).contains("--token").doesNotContain("correct-horse");
    }

    private CommandRun koda(String... arguments) {
        return CommandRun.in(directory).koda(arguments);
    }
}
