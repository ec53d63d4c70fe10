package dev.koda.checks.stack;

import static dev.koda.checks.Suite.DOCTOR;
import static dev.koda.checks.Suite.READINESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.testing.VirtualTime;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KodaStackTest {
    private static final Map<String, String> KODA = Map.of(
            "KODA_STACK", "koda",
            "POSTGRES_PASSWORD", "Zk3mWq8vTn2xRb7pLc5d",
            "S3_ACCESS_KEY_ID", "Hg6tYs1wQa9eUf4kNj0o",
            "S3_SECRET_ACCESS_KEY", "Vb2nMx7cLz4aKs9dJf6g");

    @TempDir
    Path directory;

    private static final String DSN = "KNOWLEDGE_V2_POSTGRES_DSN";

    private final VirtualTime time = new VirtualTime();

    private KodaStack stack(Map<String, String> environment) {
        var settings = Settings.load(SettingsSources.of(directory, environment));
        return KodaStack.of(settings, StackClients.of("host", "test", time), time, null);
    }

    private static List<String> ids(KodaStack stack) {
        return stack.specs().stream().map(CheckSpec::id).map(Object::toString).toList();
    }

    private static String why(KodaStack stack, String id) {
        return stack.skips().stream()
                .filter(skip -> skip.id().toString().equals(id))
                .map(Skip::why)
                .findFirst()
                .orElse("not skipped");
    }

    private static Map<String, String> with(Map<String, String> some, String... more) {
        var all = new HashMap<>(some);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    @Test
    void withoutAStackOnlyTheHostIsLookedAtAndNothingIsMissed() {
        var stack = stack(Map.of());

        assertThat(ids(stack)).contains("disk.space[/]", "disk.read-only[/]").doesNotContain("postgres.dns");
        assertThat(why(stack, "postgres.dns")).isEqualTo("KNOWLEDGE_V2_POSTGRES_DSN is not set");
        assertThat(why(stack, "dashboard.reachable")).isEqualTo("WEB_PUBLIC_BASE_URL is not set");
        assertThat(why(stack, "disk.writable")).isEqualTo("STATE_ROOT_DIR is not set");
    }

    @Test
    void theRootStandsForTheVolumesOfAKodaInstallThatNamesNone() {
        assertThat(ids(stack(KODA))).contains("disk.space[/]").doesNotContain("disk.writable[/]");
        assertThat(ids(stack(with(KODA, "STATE_ROOT_DIR", "/srv/koda"))))
                .contains("disk.space[STATE_ROOT_DIR]")
                .doesNotContain("disk.space[/]");
    }

    @Test
    void ofAnotherStackOnlyTheNamedPartsAreLookedAt() {
        var control = stack(Map.of("KODA_STACK", "none", "CONTROL_PLANE_BASE_URL", "http://127.0.0.1:9"));
        var artifacts = stack(Map.of("KODA_STACK", "none", "ARTIFACT_STORE_DIR", "/srv/artifacts"));

        assertThat(ids(control))
                .contains("control-plane.reachable")
                .doesNotContain("dashboard.reachable", "runtime.readiness");
        assertThat(ids(artifacts))
                .contains("disk.space[ARTIFACT_STORE_DIR]")
                .doesNotContain("disk.space[/]", "control-plane.reachable");
    }

    @Test
    void theEmbeddedStackHasThePageOfItsServerAndNoControlPlane() {
        var stack = stack(with(
                KODA,
                "KODA_STACK",
                "embedded",
                "KNOWLEDGE_V2_POSTGRES_DSN",
                "postgresql://koda:Zk3mWq8vTn2xRb7pLc5d@127.0.0.1:5433/koda",
                "STATE_ROOT_DIR",
                "/srv/koda"));

        assertThat(ids(stack))
                .contains(
                        "postgres.round-trip",
                        "postgres.connections",
                        "disk.writable[STATE_ROOT_DIR]",
                        "dashboard.reachable",
                        "runtime.readiness");
        assertThat(why(stack, "control-plane.reachable")).isEqualTo("the embedded stack has no control plane");
        assertThat(why(stack, "runtime.queue")).isEqualTo("the embedded stack has no Koda runtime");
        assertThat(why(stack, "disk.space[ARTIFACT_STORE_DIR]")).isEqualTo("ARTIFACT_STORE_DIR is not set");
    }

    @Test
    void looksAtThePlatformsTablesOnlyOnAKodaInstallWithAPostgres() {
        var dsn = with(KODA, "KNOWLEDGE_V2_POSTGRES_DSN", "postgresql://koda:Zk3mWq8vTn2xRb7pLc5d@db.example/koda");

        assertThat(ids(stack(dsn))).contains("runtime.supervisors", "runtime.queue", "runtime.leases");
        assertThat(why(stack(with(dsn, "KODA_STACK", "none")), "runtime.leases"))
                .isEqualTo("no Koda platform is configured");
        assertThat(why(stack(with(dsn, "KNOWLEDGE_V2_POSTGRES_DSN", "postgresql:///koda?host=/run")), "runtime.queue"))
                .startsWith("KNOWLEDGE_V2_POSTGRES_DSN ");
    }

    @Test
    void givesAServerAndACommandTheSameFigures() {
        assertThat(figures("cli")).isEqualTo(figures("server"));
    }

    private List<String> figures(String vantage) {
        var settings = Settings.load(SettingsSources.of(directory, KODA));
        return KodaStack.of(settings, StackClients.of("host", vantage, time), time, null).specs().stream()
                .map(spec -> spec + " " + spec.timeout() + " " + spec.every() + " " + spec.ttl())
                .toList();
    }

    @Test
    void onAKodaInstallPort8090IsKodasOwn() {
        assertThat(why(stack(KODA), "runtime.readiness"))
                .isEqualTo("KODA_OPERATIONS_URL and KODA_OPERATIONS_PORT are not set");
        assertThat(ids(stack(with(KODA, "KODA_OPERATIONS_PORT", "8091")))).contains("runtime.readiness");
        assertThat(ids(stack(KODA))).contains("dashboard.reachable", "control-plane.reachable");
    }

    @Test
    void aMalformedDsnSkipsTheLadderBecauseConfigSaysWhatIsWrong() {
        assertThat(why(stack(with(KODA, "KNOWLEDGE_V2_POSTGRES_DSN", "mysql://x")), "postgres.tcp"))
                .isEqualTo("KNOWLEDGE_V2_POSTGRES_DSN is not as expected, see config.values");
    }

    @Test
    void aSkipSaysWhetherAValueIsMissingOrWrongAndWhoSaysMore() {
        var stack = stack(Map.of(
                "KODA_STACK", "koda",
                "KNOWLEDGE_V2_S3_ENDPOINT_URL", "ftp://x",
                "KODA_OPERATIONS_PORT", "81900",
                "WEB_PORT", "x",
                "CONTROL_PLANE_PORT", "x"));

        assertThat(why(stack, "postgres.dns")).isEqualTo("KNOWLEDGE_V2_POSTGRES_DSN is not set, see config.required");
        assertThat(why(stack, "object-store.bucket"))
                .isEqualTo("KNOWLEDGE_V2_S3_ENDPOINT_URL is not as expected, see config.values; "
                        + "KNOWLEDGE_V2_S3_ACCESS_KEY_ID, KNOWLEDGE_V2_S3_SECRET_ACCESS_KEY are not set,"
                        + " see config.required");
        assertThat(why(stack, "runtime.readiness"))
                .isEqualTo("KODA_OPERATIONS_PORT is not as expected, see config.values");
        assertThat(why(stack, "dashboard.reachable")).isEqualTo("WEB_PORT is not as expected, see config.values");
        assertThat(why(stack, "control-plane.reachable"))
                .isEqualTo("CONTROL_PLANE_PORT is not as expected, see config.values");
    }

    @Test
    void aSecondHostIsNotTakenForAFaultAndNoUnreadablePathForAnError() {
        assertThat(why(stack(with(KODA, DSN, "postgresql://a,b/koda")), "postgres.tcp"))
                .startsWith("KNOWLEDGE_V2_POSTGRES_DSN names several hosts");
        assertThat(why(stack(with(KODA, DSN, "postgresql://a/koda?sslrootcert=/etc/%00")), "postgres.tcp"))
                .isEqualTo("KNOWLEDGE_V2_POSTGRES_DSN has an sslrootcert that is no path on this host");
    }

    @Test
    void whatIsAskedAfterTheClientsAreClosedMakesNoNewOnes() {
        var clients = StackClients.of("host", "test", time);
        clients.close();

        assertThatThrownBy(clients::vertx).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void withoutASourceOfBackupsTheyAreSkippedAndOneIsNamed() {
        var stack = stack(KODA);

        assertThat(why(stack, "backup.age")).contains("KODA_BACKUP_FILES").contains("docs/checks.md#backup-age");
        assertThat(why(stack, "backup.restore-test")).isEqualTo("KODA_BACKUP_RESTORE_MARKER is not set");
    }

    @Test
    void everySourceOfBackupsIsAnInstance() {
        var stack = stack(with(
                KODA,
                "KODA_BACKUP_PGBACKREST_STANZA",
                "main",
                "KODA_BACKUP_WALG_CONFIG",
                "/etc/wal-g.yaml",
                "KODA_BACKUP_BARMAN_SERVER",
                "main",
                "KODA_BACKUP_FILES",
                "/backup/koda-pg-*.dump",
                "KODA_BACKUP_MARKER",
                "/backup/done",
                "KODA_BACKUP_S3_PREFIX",
                "pg/",
                "KODA_BACKUP_RESTORE_MARKER",
                "/backup/restored"));

        assertThat(ids(stack))
                .containsSubsequence(
                        "backup.age[pgbackrest]",
                        "backup.age[wal-g]",
                        "backup.age[barman]",
                        "backup.age[files]",
                        "backup.age[marker]",
                        "backup.age[s3]",
                        "backup.restore-test");
        assertThat(why(stack, "backup.age")).isEqualTo("not skipped");
    }

    @Test
    void aSourceOfBackupsThatCannotBeIsSkippedByItsName() {
        var stack = stack(Map.of(
                "KODA_BACKUP_FILES",
                "backup/*.dump",
                "KODA_BACKUP_PGBACKREST_STANZA",
                "--help",
                "KODA_BACKUP_S3_BUCKET",
                "backups",
                "KODA_BACKUP_RESTORE_MARKER",
                "restored"));

        assertThat(why(stack, "backup.age[files]")).isEqualTo("KODA_BACKUP_FILES is not as expected");
        assertThat(why(stack, "backup.age[pgbackrest]")).isEqualTo("KODA_BACKUP_PGBACKREST_STANZA is not as expected");
        assertThat(why(stack, "backup.age[s3]")).startsWith("endpoint, bucket or keys of the backups");
        assertThat(why(stack, "backup.restore-test")).isEqualTo("KODA_BACKUP_RESTORE_MARKER is not an absolute path");
        assertThat(why(stack, "backup.age")).isEqualTo("not skipped");
    }

    @Test
    void withoutALimitOfTheStorageNobodyKnowsItsRoomButOnADisk() {
        var embedded = with(KODA, "KODA_STACK", "embedded", "KNOWLEDGE_V2_S3_BUCKET", "b");

        assertThat(why(stack(KODA), "object-store.headroom"))
                .contains("KODA_OBJECT_STORAGE_QUOTA")
                .contains("docs/checks.md#object-store-headroom");
        assertThat(why(
                        stack(with(embedded, "KNOWLEDGE_V2_S3_ENDPOINT_URL", "http://127.0.0.1:9000")),
                        "object-store.headroom"))
                .isEqualTo("the embedded object storage is plain files, for whose volume disk.space speaks");
        assertThat(why(stack(Map.of()), "object-store.lifecycle")).startsWith("KNOWLEDGE_V2_S3_ENDPOINT_URL, ");
    }

    @Test
    void aSourceOfHeadroomIsAnInstanceAndTheStoreItselfComesAfterTheBucketWhereItIsTheSameHost() {
        var both = with(
                KODA,
                "KODA_OBJECT_STORAGE_QUOTA",
                "50GiB",
                "KODA_OBJECT_STORAGE_CAPACITY_URL",
                "http://127.0.0.1:9333/vol/status");
        var stack = stack(both);

        assertThat(ids(stack))
                .containsSubsequence(
                        "object-store.canary",
                        "object-store.headroom[quota]",
                        "object-store.headroom[capacity]",
                        "object-store.public-access",
                        "object-store.lifecycle");
        assertThat(after(stack, "object-store.headroom[quota]")).containsExactly("object-store.bucket");
        assertThat(after(stack, "object-store.headroom[capacity]")).isEmpty();
        assertThat(after(
                        stack(with(both, "KODA_OBJECT_STORAGE_CAPACITY_URL", "http://seaweedfs:8080/status")),
                        "object-store.headroom[capacity]"))
                .containsExactly("object-store.bucket");
    }

    private static List<String> after(KodaStack stack, String id) {
        return stack.specs().stream()
                .filter(spec -> spec.id().toString().equals(id))
                .flatMap(spec -> spec.dependsOn().stream())
                .map(Object::toString)
                .toList();
    }

    @Test
    void aSourceOfHeadroomThatCannotBeIsSkippedByItsName() {
        var stack = stack(
                with(KODA, "KODA_OBJECT_STORAGE_QUOTA", "0", "KODA_OBJECT_STORAGE_CAPACITY_URL", "127.0.0.1:9333"));

        assertThat(why(stack, "object-store.headroom[quota]"))
                .isEqualTo("KODA_OBJECT_STORAGE_QUOTA is not a size above 0");
        assertThat(why(stack, "object-store.headroom[capacity]"))
                .isEqualTo("KODA_OBJECT_STORAGE_CAPACITY_URL is not as expected, see config.values");
        assertThat(why(stack, "object-store.headroom")).isEqualTo("not skipped");
    }

    @Test
    void aSizeOfVolumesThatIsNoneIsNotTakenForUnset() {
        var stack = stack(with(
                with(KODA, "KODA_OBJECT_STORAGE_CAPACITY_URL", "http://127.0.0.1:9333/vol/status"),
                "KODA_OBJECT_STORAGE_VOLUME_SIZE",
                "large"));

        assertThat(why(stack, "object-store.headroom[capacity]"))
                .isEqualTo("KODA_OBJECT_STORAGE_VOLUME_SIZE is not as expected, see config.values");
    }

    @Test
    void aBucketOfBackupsNeedsNoStack() {
        var stack = stack(Map.of(
                "KODA_BACKUP_S3_BUCKET", "backups",
                "KODA_BACKUP_S3_ENDPOINT_URL", "https://s3.example.com",
                "KODA_BACKUP_S3_ACCESS_KEY_ID", "Hg6tYs1wQa9eUf4kNj0o",
                "KODA_BACKUP_S3_SECRET_ACCESS_KEY", "Vb2nMx7cLz4aKs9dJf6g"));

        assertThat(ids(stack)).contains("backup.age[s3]");
        assertThat(stack.redactor().redact("Vb2nMx7cLz4aKs9dJf6g")).isEqualTo("[REDACTED]");
    }

    @Test
    void declaringTheStackGivesReportsItsNameAndSuites() {
        var stack = stack(with(KODA, "KODA_SERVICE_NAME", "orders", "KODA_ENV", "staging"));
        try (var engine = stack.addTo(CheckEngine.builder().time(time)).build()) {
            assertThat(engine.snapshot(DOCTOR).service().name()).isEqualTo("orders");
            assertThat(engine.snapshot(DOCTOR).service().environment()).isEqualTo("staging");
            assertThat(engine.checks(READINESS)).extracting(id -> id.group()).contains("postgres", "object-store");
        }
    }

    @Test
    void theRedactorKnowsEverySecretOfTheSettings() {
        var redactor = stack(KODA).redactor();

        KODA.forEach((name, value) -> assertThat(redactor.redact("x" + value + "y"))
                .isEqualTo(name.equals("KODA_STACK") ? "xkoday" : "x[REDACTED]y"));
    }
}
