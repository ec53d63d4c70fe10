package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code deploy/compose/install.sh}, with a stand-in for Docker and the real doctor. */
class InstallerIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static int hosts;

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private @Nullable DeployedKoda made;

    @BeforeEach
    void makeHost(TestInfo test) throws IOException {
        made = DeployedKoda.on(sandbox, test.getTestMethod().orElseThrow().getName() + hosts++);
    }

    @AfterEach
    void closeHost() {
        host().close();
    }

    private DeployedKoda host() {
        return Objects.requireNonNull(made);
    }

    private KodaRelease good() {
        return host().release("1.0.18", "app: example/koda-app:1");
    }

    @Test
    void theFirstBootMintsSecretsStartsTheStackAndAsksTheDoctor() throws IOException {
        var release = good();

        var install = host().install(release);

        assertThat(install.awaitExit(LIMIT)).as(install.toString()).isZero();
        assertThat(install.output())
                .containsPattern("PASS +control-plane.reachable")
                .containsPattern("SUMMARY (pass|warn)");
        var settings = settings();
        assertThat(settings)
                .containsEntry("KODA_OPERATIONS_PORT", "8091")
                .containsEntry("CONTROL_PLANE_BASE_URL", "http://127.0.0.1:" + host().port());
        var secrets = List.of(
                "POSTGRES_PASSWORD",
                "S3_ACCESS_KEY_ID",
                "S3_SECRET_ACCESS_KEY",
                "CONTROL_PLANE_API_TOKEN",
                "RUNTIME_LOCAL_UI_TOKEN",
                "WEB_OPERATOR_SESSION_SECRET",
                "KODA_AUDIT_HMAC_KEY");
        assertThat(secrets.stream().map(settings::get).distinct()).hasSize(7).allMatch(value -> value.length() >= 20);
        assertThat(secrets.stream().map(settings::get))
                .noneMatch(value -> (install + host().calls("").toString()).contains(value));
        assertThat(host().files().get(".env")).startsWith("rw------- ");
        assertThat(Files.readAllLines(host().directory().resolve(".release.env")))
                .containsExactly("KODA_RELEASE=1.0.18", "KODA_CHECKS_IMAGE=koda-checks:" + Distribution.version());
        assertThat(host().directory().resolve("bundle/proxy/nginx.conf"))
                .hasSameBinaryContentAs(release.directory().resolve("bundle/proxy/nginx.conf"));
        assertThat(host().images().keySet()).contains("container app", "container postgres", "container koda-checks");
        assertThat(host().files().keySet()).noneMatch(name -> name.contains(".koda-install"));
    }

    @Test
    void aSecondRunStartsWhatIsThereAndChangesNoFile() {
        assertThat(host().install(good()).awaitExit(LIMIT)).isZero();
        var before = host().files();

        var again = host().install(good());

        assertThat(again.awaitExit(LIMIT)).as(again.toString()).isZero();
        assertThat(host().files()).isEqualTo(before);
        assertThat(host().calls(" up ")).hasSize(2);
        assertThat(host().calls("build ")).hasSize(1);
    }

    @Test
    void aDoctorThatFailsIsExitCode1AndLeavesTheStackToLookAt() {
        var release = host().release("1.0.18", "app: example/koda-app:bad");

        var install = host().install(release);

        assertThat(install.awaitExit(LIMIT)).as(install.toString()).isEqualTo(1);
        assertThat(install.output()).containsPattern("FAIL +control-plane.reachable");
        assertThat(install.lastErrorLine()).contains("left running", "run this again");
        assertThat(host().images()).containsKey("container app");
        host().write("images/example_koda-app_bad", "sha256:mended\n");
        assertThat(host().install(release).awaitExit(LIMIT)).isZero();
    }

    @Test
    void aStackThatDoesNotStartIsExitCode1() {
        host().write("fail-up", "");

        var install = host().install(good());

        assertThat(install.awaitExit(LIMIT)).as(install.toString()).isEqualTo(1);
        assertThat(install.lastErrorLine()).contains("could not start", "run this again");
        host().remove("fail-up");
        assertThat(host().install(good()).awaitExit(LIMIT)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"changed", "missing", "unlisted", "link", "outside", "no sums"})
    void refusesAReleaseWhoseChecksumsAreWrongBeforeAnythingIsChanged(String how) throws IOException {
        var release = good();
        damage(release, how);

        var install = host().install(release);

        assertThat(install.awaitExit(LIMIT)).as(install.toString()).isEqualTo(2);
        assertThat(install.lastErrorLine()).containsPattern("checksum mismatch|CHECKSUMS.txt");
        assertThat(host().directory()).doesNotExist();
        assertThat(host().calls(" up ")).isEmpty();
        assertThat(host().calls("build ")).isEmpty();
    }

    private static void damage(KodaRelease release, String how) throws IOException {
        var nginx = release.directory().resolve("bundle/proxy/nginx.conf");
        var sums = release.directory().resolve("CHECKSUMS.txt");
        switch (how) {
            case "changed" -> release.write("bundle/proxy/nginx.conf", "other\n");
            case "missing" -> Files.delete(nginx);
            case "unlisted" -> release.write("bundle/more.conf", "more\n");
            case "link" -> {
                var same = Files.move(nginx, release.directory().resolve("nginx.conf"));
                Files.createSymbolicLink(nginx, same);
            }
            case "outside" ->
                release.write("CHECKSUMS.txt", Files.readString(sums) + "0".repeat(64) + "  bundle/../../x\n");
            default -> Files.delete(sums);
        }
    }

    @Test
    void takesAReleaseThatIsAnArchive() throws IOException {
        var archive = host().directory().resolveSibling("release.tar.gz");
        var release = good().directory();
        var tar = sandbox.run(List.of(
                "tar",
                "-czf",
                archive.toString(),
                "-C",
                release.resolveSibling("").toString(),
                release.getFileName().toString()));
        assertThat(tar.awaitExit(LIMIT)).isZero();

        var install = host().run("install.sh", "--release", archive.toString(), "--no-checks");

        assertThat(install.awaitExit(LIMIT)).as(install.toString()).isZero();
        assertThat(host().images()).doesNotContainKey("container koda-checks");
        assertThat(host().files().keySet()).doesNotContain("checks");
        assertThat(settings()).doesNotContainKey("KODA_OPERATIONS_PORT");
    }

    @ParameterizedTest
    @CsvSource({"notes.txt,notes.txt is in the way", "bundle,bundle is in the way", ".koda-update,--recover"})
    void overwritesNothing(String name, String said) throws IOException {
        Files.createDirectories(host().directory().resolve(name));
        var before = host().files();

        var install = host().install(good());

        assertThat(install.awaitExit(LIMIT)).as(install.toString()).isEqualTo(2);
        assertThat(install.lastErrorLine()).contains(said);
        assertThat(host().files()).isEqualTo(before);
    }

    /** Also when the release lists such files, with the right sums. */
    @ParameterizedTest
    @ValueSource(strings = {".env", "koda.yaml", "checks/docker-compose.koda-checks.yml", "bundle.conf"})
    void aReleaseBringsNothingThatIsNotIts(String name) throws IOException {
        Files.createDirectories(host().directory());
        Files.writeString(host().directory().resolve(".env"), "POSTGRES_PASSWORD=precious\n");
        Files.writeString(host().directory().resolve("koda.yaml"), "version: 1\n");
        var before = host().files();

        var install = host().install(good().with(name, "theirs\n"), "--no-checks");

        assertThat(install.awaitExit(LIMIT)).as(install.toString()).isEqualTo(2);
        assertThat(install.lastErrorLine()).contains("lists " + name, "no part of a release");
        assertThat(host().files()).isEqualTo(before);
    }

    @Test
    void whatMayBeRunInTheBundleMayBeRunInTheInstall() throws IOException {
        var release = good().with("bundle/proxy/init.sh", "#!/bin/sh\n");
        assertThat(release.directory().resolve("bundle/proxy/init.sh").toFile().setExecutable(true))
                .isTrue();

        var install = host().install(release, "--no-checks");

        assertThat(install.awaitExit(LIMIT)).as(install.toString()).isZero();
        assertThat(host().files().get("bundle/proxy/init.sh")).startsWith("rwxr-xr-x ");
        assertThat(host().files().get("bundle/proxy/nginx.conf")).startsWith("rw-r--r-- ");
        assertThat(host().files().get("bundle/proxy")).isEqualTo("rwxr-xr-x");
    }

    @Test
    void leavesAnotherReleaseToUpdate() {
        assertThat(host().install(good()).awaitExit(LIMIT)).isZero();
        var before = host().files();

        var install = host().install(host().release("1.0.19", "app: example/koda-app:2"));

        assertThat(install.awaitExit(LIMIT)).as(install.toString()).isEqualTo(2);
        assertThat(install.lastErrorLine()).contains("update.sh");
        assertThat(host().files()).isEqualTo(before);
    }

    @Test
    void mintsNoPasswordForVolumesThatHaveOne() throws IOException {
        host().write("volumes", "koda_postgres-data\n");

        var install = host().install(good());

        assertThat(install.awaitExit(LIMIT)).as(install.toString()).isEqualTo(2);
        assertThat(install.lastErrorLine()).contains("koda_postgres-data", "docker volume rm");
        assertThat(host().directory()).doesNotExist();
        var env = "KODA_STACK=none\nCONTROL_PLANE_BASE_URL=http://127.0.0.1:" + host().port() + "\n";
        Files.createDirectory(host().directory());
        Files.writeString(host().directory().resolve(".env"), env);
        assertThat(host().install(good()).awaitExit(LIMIT)).isZero();
        assertThat(host().directory().resolve(".env")).hasContent(env);
    }

    /** The steps at which Docker is asked for something, and whether files may be left. */
    @ParameterizedTest
    @CsvSource({"config,INT", "build,INT", "up,INT", "config,TERM", "build,KILL", "up,KILL"})
    void endedAtAnyStepItLeavesNothingHalfDoneAndTheNextRunWorks(String step, String signal) {
        host().hang(step);
        var install = host().start("install.sh", DeployedKoda.with(good()));
        host().awaitStep(install, step);

        install.signal(signal);
        if (signal.equals("KILL")) {
            Leftovers.in(sandbox.root()).forEach(Leftovers::kill);
        }

        assertThat(install.awaitExit(LIMIT))
                .as(install.toString())
                .isEqualTo(Map.of("INT", 130, "TERM", 143, "KILL", 137).get(signal));
        if (!signal.equals("KILL")) {
            assertThat(Files.exists(host().directory())).isEqualTo(step.equals("up"));
            assertThat(install.errors()).contains(step.equals("up") ? "run this again" : "nothing was changed");
        }
        var again = host().install(good());
        assertThat(again.awaitExit(LIMIT)).as(again.toString()).isZero();
        assertThat(host().files().keySet()).noneMatch(name -> name.contains(".koda-install"));
    }

    @Test
    void oneAtATime() {
        host().hang("build");
        var first = host().start("install.sh", DeployedKoda.with(good()));
        host().awaitStep(first, "build");

        var second = host().install(good());

        assertThat(second.awaitExit(LIMIT)).as(second.toString()).isEqualTo(2);
        assertThat(second.lastErrorLine()).contains("is running");
        assertThat(host().directory().resolve(".koda-install/tree/.env")).exists();
        first.signal("TERM");
        assertThat(first.awaitExit(LIMIT)).isEqualTo(143);
    }

    @Test
    void aDryRunSaysWhatWouldBeDoneAndChangesNothing() {
        var install = host().install(good(), "--dry-run");

        assertThat(install.awaitExit(LIMIT)).as(install.toString()).isZero();
        assertThat(install.errors()).contains("1.0.18", ".env", "would start project koda");
        assertThat(host().directory()).doesNotExist();
        assertThat(host().images()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--relese,unknown argument", "--release,needs a value", "'',unknown argument"})
    void wrongUsageIsExitCode2(String argument, String said) {
        var install = host().run("install.sh", argument);

        assertThat(install.awaitExit(LIMIT)).as(install.toString()).isEqualTo(2);
        assertThat(install.lastErrorLine()).contains(said, "--help");
        assertThat(install.output()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "300", "0s", "5s5m", "1.5s", "-5s", "5 s"})
    void aWaitThatIsNoTimeIsExitCode2BeforeAnythingIsChanged(String time) {
        var install = host().install(good(), "--wait", time);

        assertThat(install.awaitExit(LIMIT)).as(install.toString()).isEqualTo(2);
        assertThat(install.lastErrorLine()).contains("--wait takes a time such as 120s or 5m, not " + time, "--help");
        assertThat(host().directory()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"install.sh", "update.sh"})
    void helpListsEveryExitCode(String script) {
        var help = host().run(script, "--help");

        assertThat(help.awaitExit(LIMIT)).isZero();
        assertThat(help.output())
                .startsWith("Usage: " + script)
                .contains("  0 ", "  1 ", "  2 ", "  70 ", "129, 130, 143");
        assertThat(help.errors()).isEmpty();
    }

    /** A stack as Koda has it, with the real Postgres, object storage and readiness of a {@code koda up}. */
    @Test
    void theDoctorOfAWholeInstallIsContent() {
        var stack = RunningStack.up(sandbox, sandbox.root().resolve("services"), "60s");
        var release = KodaRelease.make(sandbox.root().resolve("whole"), "1.0.18", "app: example/koda-app:1")
                .template("""
                        KNOWLEDGE_V2_POSTGRES_DSN=%s
                        KNOWLEDGE_V2_S3_ENDPOINT_URL=%s
                        KNOWLEDGE_V2_S3_BUCKET=%s
                        KNOWLEDGE_V2_S3_ACCESS_KEY_ID=%s
                        KNOWLEDGE_V2_S3_SECRET_ACCESS_KEY=%s
                        CONTROL_PLANE_PORT=%d
                        WEB_PORT=%d
                        KODA_OPERATIONS_PORT=%d
                        """.formatted(
                                stack.setting("KNOWLEDGE_V2_POSTGRES_DSN"),
                                stack.setting("KNOWLEDGE_V2_S3_ENDPOINT_URL"),
                                stack.setting("KNOWLEDGE_V2_S3_BUCKET"),
                                stack.setting("S3_ACCESS_KEY_ID"),
                                stack.setting("S3_SECRET_ACCESS_KEY"),
                                host().port(),
                                host().port(),
                                stack.port()));

        var install = host().install(release);

        assertThat(install.awaitExit(LIMIT)).as(install.toString()).isZero();
        assertThat(install.output())
                .containsPattern("PASS +postgres.round-trip")
                .containsPattern("(PASS|WARN) +object-store.canary")
                .containsPattern("PASS +control-plane.reachable")
                .containsPattern("PASS +runtime.readiness");
        stack.end();
    }

    private Map<String, String> settings() throws IOException {
        var all = new LinkedHashMap<String, String>();
        for (var line : Files.readAllLines(Path.of(host().directory().toString(), ".env"))) {
            if (line.contains("=")) {
                assertThat(all.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)))
                        .as("set twice: " + line.substring(0, line.indexOf('=')))
                        .isNull();
            }
        }
        return all;
    }
}
