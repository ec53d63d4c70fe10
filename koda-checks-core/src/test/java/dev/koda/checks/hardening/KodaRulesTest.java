package dev.koda.checks.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Reason;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.hardening.HardeningOptions.Place;
import dev.koda.checks.testing.EngineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases that Koda's own tests of its strict doctor pin, and those between. */
class KodaRulesTest {
    private static final List<String> STRONG = List.of("x".repeat(64));

    @TempDir
    Path directory;

    private Path state;
    private Path key;
    private Path env;

    @BeforeEach
    void layOut() throws IOException {
        state = mode(Files.createDirectory(directory.resolve("state")), "rwx------");
        key = mode(Files.createFile(directory.resolve("key")), "rw-------");
        env = mode(Files.createFile(directory.resolve(".env")), "rw-------");
    }

    private static Path mode(Path path, String permissions) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private HardeningOptions options(List<String> tokens, boolean isOpen, int days, Place groups) {
        return new HardeningOptions(
                new Place(state, true),
                new Place(key, true),
                env,
                tokens,
                tokens,
                tokens,
                !isOpen,
                isOpen,
                isOpen,
                days,
                groups);
    }

    private Report good() {
        return EngineRun.report(HardeningChecks.koda(options(STRONG, false, 90, new Place(state, true))));
    }

    private Report bad(List<String> tokens) {
        return EngineRun.report(
                HardeningChecks.koda(options(tokens, true, 30, new Place(directory.resolve("none"), true))));
    }

    private static void assertReason(Report report, String rule, String reason) {
        var result = EngineRun.named(report, "hardening." + rule);
        assertThat(result.status()).as(result.message()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(new Reason(reason));
        assertThat(result.outcome().hint()).isNotNull();
    }

    @Test
    void elevenRulesPassOnAHardenedInstall() {
        assertThat(good().checks())
                .hasSize(11)
                .allSatisfy(result ->
                        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS));
    }

    @Test
    void eachRuleFailsForItsReason() throws IOException {
        mode(state, "rwxr-x---");
        mode(key, "r--------");
        mode(env, "rw-r--r--");

        var report = bad(List.of("x".repeat(31)));

        assertReason(report, "state-root-owner-only-perms", "wrong_mode");
        assertReason(report, "master-key-perms-0600", "wrong_mode");
        assertReason(report, "env-file-perms-0600", "wrong_mode");
        assertReason(report, "control-plane-api-token-strong", "short_key");
        assertReason(report, "web-operator-session-secret-strong", "short_key");
        assertReason(report, "runtime-local-ui-token-strong", "short_key");
        assertReason(report, "allowed-user-ids-set", "no_allowed_users");
        assertReason(report, "loopback-bootstrap-disabled-in-production", "switched_on");
        assertReason(report, "browser-private-network-disabled", "switched_on");
        assertReason(report, "audit-retention-at-least-90-days", "short_retention");
        assertReason(report, "cgroup-root-writable-for-isolation", "missing");
        assertThat(EngineRun.named(report, "hardening.env-file-perms-0600").message())
                .isEqualTo(env + " has mode 0644, expected 0600");
    }

    @Test
    void aTemplatesTokenIsWeakHoweverLong() {
        assertReason(bad(List.of("replace-with-" + "x".repeat(50))), "control-plane-api-token-strong", "placeholder");
        assertReason(bad(List.of()), "control-plane-api-token-strong", "missing_secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "replace-with-a"})
    void everyTokenThatOpensTheDoorCounts(String second) {
        var result = EngineRun.named(bad(List.of("y".repeat(64), second)), "hardening.control-plane-api-token-strong");

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.message()).doesNotContain("yyy");
    }

    @Test
    void whatSomebodyNamedMustBeThere() throws IOException {
        Files.delete(key);

        assertReason(good(), "master-key-perms-0600", "missing");
    }

    @Test
    void aDefaultInsideKodasContainersIsNotMissedHere() {
        var elsewhere = new Place(directory.resolve("none"), false);
        var options = new HardeningOptions(
                elsewhere, elsewhere, null, STRONG, STRONG, STRONG, true, false, false, 90, elsewhere);

        var report = EngineRun.report(HardeningChecks.koda(options));

        assertThat(report.skipped())
                .hasSize(3)
                .allSatisfy(skipped -> assertThat(skipped.why()).contains("is not on this host"));
        assertThat(report.checks()).hasSize(7);
    }

    @Test
    void printingTheOptionsShowsNoToken() {
        assertThat(options(STRONG, false, 90, new Place(state, true)).toString())
                .doesNotContain("xxx");
    }
}
