package dev.koda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Effects;
import dev.koda.checks.Outcome;
import dev.koda.checks.Skipped;
import dev.koda.checks.Suite;
import dev.koda.checks.docs.CheckDocs;
import dev.koda.cli.output.TextStyle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that check nothing. */
class SmallCommandsTest {
    @TempDir
    Path directory;

    private CommandRun.Setup stack() {
        return CommandRun.in(directory)
                .checks(
                        check("config.parse").title("Files are clean").run(context -> ran()),
                        check("disk.writable")
                                .instance("STATE_ROOT_DIR")
                                .title("Volume takes writes")
                                .effects(Effects.WRITES)
                                .dependsOn("config.parse")
                                .documented()
                                .run(context -> ran()))
                .skipped(new Skipped(CheckId.of("tls.certificate"), "no public https URL is configured"));
    }

    private static CheckSpec.Builder check(String name) {
        return CheckSpec.of(name).in(Suite.DOCTOR);
    }

    private static CompletableFuture<Outcome> ran() {
        throw new AssertionError("a list must run nothing");
    }

    @Test
    void listsWhatIsCheckedAndWhatIsNot() {
        var run = stack().koda("checks", "list");

        assertThat(run.code()).isEqualTo(0);
        assertThat(run.errors()).isEmpty();
        assertThat(run.output()).isEqualTo("""
                CHECK config.parse                   Files are clean
                CHECK disk.writable[STATE_ROOT_DIR]  Volume takes writes
                SKIP  tls.certificate                no public https URL is configured
                """);
        assertThat(stack().style(TextStyle.terminal(60, true, true))
                        .koda("checks", "list")
                        .output()
                        .lines())
                .hasSize(5)
                .allMatch(line -> line.length() <= 60);
    }

    @Test
    void listsThemAsJson() {
        assertThat(stack().koda("checks", "list", "--json").output())
                .startsWith(
                        "{\"schema\":\"koda.checks/v1\",\"checks\":[{\"id\":\"config.parse\",\"category\":\"config\",")
                .contains("{\"id\":\"disk.writable\",\"instance\":\"STATE_ROOT_DIR\",\"category\":\"disk\","
                        + "\"title\":\"Volume takes writes\",\"suites\":[\"doctor\"],\"critical\":true,"
                        + "\"effects\":\"writes\",\"timeout_ms\":2000,\"every_ms\":60000,"
                        + "\"depends_on\":[\"config.parse\"],\"docs\":\"docs/checks.md#disk-writable\"}")
                .endsWith(
                        "\"skipped\":[{\"id\":\"tls.certificate\",\"why\":\"no public https URL is configured\"}]}\n");
    }

    @Test
    void explainsEveryDocumentedCheck() {
        for (var id : CheckDocs.bundled().ids()) {
            var run = CommandRun.in(directory).koda("checks", "explain", id);

            assertThat(run.code()).isEqualTo(0);
            assertThat(run.output()).startsWith("### " + id + "\n").doesNotContain("<a id=");
        }
        assertThat(CommandRun.in(directory)
                        .koda("checks", "explain", "disk.space[STATE_ROOT_DIR]")
                        .output())
                .startsWith("### disk.space\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 80, 120})
    void explainsOnATerminalInItsWidth(int columns) {
        for (var id : CheckDocs.bundled().ids()) {
            var setup = CommandRun.in(directory).style(TextStyle.terminal(columns, false, true));
            var text = setup.koda("checks", "explain", id).output();

            assertThat(text).startsWith(id + "\n").doesNotContain("| --- |");
            assertThat(text.lines()).allMatch(line -> line.length() <= columns || line.matches("\\S+|  .*"));
        }
    }

    @Test
    void explainsInColumns() throws IOException {
        var setup = CommandRun.in(directory).style(TextStyle.terminal(80, false, true));

        Golden.assertMatches(
                "explain-80.txt", setup.koda("checks", "explain", "disk.space").output());
    }

    @ParameterizedTest
    @CsvSource({
        "disk.spcae, (did you mean disk.space?)",
        "postgres.conection, (did you mean postgres.connections?)",
        "zebra.crossing, ; koda checks list names them"
    })
    void namesTheCheckThatWasMeant(String id, String why) {
        var run = CommandRun.in(directory).koda("checks", "explain", id);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.why()).startsWith("koda checks explain: exit 2: ").endsWith(why);
    }

    @Test
    void saysWhichFilesAreValid() throws IOException {
        Files.writeString(directory.resolve(".env"), "KODA_STACK=none\nKODA_STACK=koda\n");
        Files.writeString(directory.resolve("koda.yaml"), "version: 1\n");

        var run = CommandRun.in(directory).koda("config", "validate");

        assertThat(run.code()).isEqualTo(0);
        assertThat(run.output()).isEqualTo("""
                valid %1$s/.env
                valid %1$s/koda.yaml
                note  %1$s/.env:2: KODA_STACK is set again with another value, first in line 1
                """.formatted(directory));
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void listsEveryErrorOfTheFiles() throws IOException {
        Files.writeString(directory.resolve("k.env"), "A=\"open\n");
        Files.writeString(directory.resolve("k.yaml"), "version: 1\nserivce: {}\n");

        var run = CommandRun.in(directory).koda("config", "validate", "--env-file", "k.env", "--config", "k.yaml");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).contains("k.env:1:", "k.yaml:2:", "did you mean 'service'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "notify: [{id: ops, url: 'http://h/', body: '{{mesage}}'}]|did you mean {{message}}?",
                "checks: [{id: a.b, tcp: {host: h, port: 1}, depends_on: no.such}]|a.b depends on no.such"
            })
    void listsWhatOnlyTheWholeStackShows(String line, String why) throws IOException {
        Files.writeString(directory.resolve("koda.yaml"), "version: 1\n" + line + "\n");

        var run = CommandRun.in(directory).real().koda("config", "validate");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).contains("koda.yaml:2:", why);
    }

    @Test
    void aSecretIsNewEachTimeAndAsLongAsAskedFor() {
        var secrets = new HashSet<String>();
        for (int i = 0; i < 50; i++) {
            secrets.add(generated());
        }

        assertThat(secrets).hasSize(50).allMatch(secret -> secret.matches("[A-Za-z0-9_-]{43}\n"));
        assertThat(generated("--bytes", "16")).matches("[A-Za-z0-9_-]{22}\n");
        assertThat(generated("WEB_OPERATOR_SESSION_SECRET")).matches("WEB_OPERATOR_SESSION_SECRET=[A-Za-z0-9_-]{43}\n");
        assertThat(generated("S3_ACCESS_KEY_ID")).matches("S3_ACCESS_KEY_ID=[A-Z2-7]{20}\n");
        assertThat(generated("BILLING_TOKEN")).matches("BILLING_TOKEN=[A-Za-z0-9_-]{43}\n");
    }

    private String generated(String... options) {
        var all = new String[options.length + 2];
        all[0] = "secrets";
        all[1] = "generate";
        System.arraycopy(options, 0, all, 2, options.length);
        var run = CommandRun.in(directory).koda(all);
        assertThat(run.code()).isEqualTo(0);
        assertThat(run.errors()).isEmpty();
        return run.output();
    }

    @ParameterizedTest
    @CsvSource({
        "secrets generate --bytes 15, from 16 to 1024",
        "secrets generate POSTGRES_PASWORD, did you mean POSTGRES_PASSWORD",
        "secrets generate STATE_ROOT_DIR, STATE_ROOT_DIR is no secret",
        "secrets generate a;b, 'letters, digits and _ only'",
        "completion fish, 'for bash and zsh, not for'",
        "checks, 'list, explain, add'"
    })
    void refusesWhatItCannotDo(String arguments, String why) {
        var run = CommandRun.in(directory).koda(arguments.split(" ", -1));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.why()).contains(why);
    }

    @Test
    @Timeout(60)
    void bashCompletesCommandsAndOptions() throws Exception {
        var script = Files.writeString(
                directory.resolve("koda.bash"),
                CommandRun.in(directory).koda("completion", "bash").output());

        assertThat(completions(script, "koda", "che")).contains("checks");
        assertThat(completions(script, "koda", "in")).contains("init");
        assertThat(completions(script, "koda", "checks", "add", "h")).contains("http");
        assertThat(completions(script, "koda", "checks", "add", "http", "--f")).contains("--force");
        assertThat(completions(script, "koda", "init", "--com")).contains("--compose");
        assertThat(CommandRun.in(directory).koda("completion", "zsh").output())
                .isEqualTo(Files.readString(script))
                .contains("ZSH_VERSION", "bashcompinit");
        assertThat(completions(script, "koda", "doctor", "--wa")).contains("--wait", "--watch");
        assertThat(completions(script, "koda", "doctor", "--only", "postgres.repl"))
                .contains("postgres.replication-lag");
        assertThat(completions(script, "koda", "checks", "explain", "disk.sp")).contains("disk.space");
    }

    private static String completions(Path script, String... words) throws IOException, InterruptedException {
        var line = "source '" + script + "'; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                + (words.length - 1) + "; COMP_LINE=\"${COMP_WORDS[*]}\"; COMP_POINT=${#COMP_LINE};"
                + " _complete_koda; printf '%s\\n' \"${COMPREPLY[@]}\"";
        var bash =
                new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
        var answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return answer;
    }
}
