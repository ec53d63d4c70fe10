package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Query;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.VirtualTime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsPartTest {
    @TempDir
    Path directory;

    private final VirtualTime time = new VirtualTime();

    private KodaStack stack(Map<String, String> environment) {
        var settings = Settings.load(SettingsSources.of(directory, environment));
        return KodaStack.of(settings, StackClients.of("host", "test", time), time, null);
    }

    private static List<CheckSpec> certificates(KodaStack stack) {
        return stack.specs().stream()
                .filter(spec -> spec.id().name().equals("tls.certificate"))
                .toList();
    }

    private List<String> instances(Map<String, String> environment) {
        return certificates(stack(environment)).stream()
                .map(spec -> String.valueOf(spec.id().instance()))
                .toList();
    }

    @Test
    void looksAtEachServerOnceThatIsReachedOverTls() {
        assertThat(instances(Map.of(
                        "WEB_PUBLIC_BASE_URL", "https://Koda.example/app",
                        "KODA_OPERATIONS_URL", "https://Koda.example:443",
                        "KNOWLEDGE_V2_S3_ENDPOINT_URL", "https://[::1]:9000",
                        "KODA_STACK", "koda",
                        "CONTROL_PLANE_BASE_URL", "http://koda.example:8090")))
                .containsExactly("Koda.example:443", "::1:9000");
    }

    @Test
    void looksAtAPostgresThatIsAskedForTlsAfterItsLadder() {
        var dsn = "postgresql://koda:pw@db.example:6432/koda?sslmode=";

        var spec = certificates(stack(Map.of("KNOWLEDGE_V2_POSTGRES_DSN", dsn + "require")))
                .get(0);

        assertThat(spec.id().instance()).isEqualTo("db.example:6432");
        assertThat(spec.dependsOn()).containsExactly(CheckId.of("postgres.tls"));
        assertThat(instances(Map.of("KNOWLEDGE_V2_POSTGRES_DSN", dsn + "prefer")))
                .isEmpty();
        assertThat(instances(Map.of("KNOWLEDGE_V2_POSTGRES_DSN", "postgresql:///koda?host=/run&sslmode=require")))
                .isEmpty();
    }

    /** The ladder does not climb to one of several, but each of them presents a certificate. */
    @Test
    void looksAtEachHostOfAPostgres() {
        assertThat(instances(Map.of("KNOWLEDGE_V2_POSTGRES_DSN", "postgresql://a,b:6432/koda?sslmode=require")))
                .containsExactly("a:5432", "b:6432");
    }

    @Test
    void looksAtTheStorageOfTheBackupsToo() {
        assertThat(instances(Map.of("KODA_BACKUP_S3_ENDPOINT_URL", "https://backups.example")))
                .containsExactly("backups.example:443");
    }

    @Test
    void waitsForTheLookUpOfTheName() throws Exception {
        var environment = Map.of("WEB_PUBLIC_BASE_URL", "https://nowhere.invalid/");
        var settings = Settings.load(SettingsSources.of(directory, environment));
        try (var clients = StackClients.of("host", "test", TimeSource.system());
                var engine = KodaStack.of(settings, clients, TimeSource.system(), null)
                        .addTo(CheckEngine.builder())
                        .build()) {
            var only = Query.of(Suite.DOCTOR).only(List.of("tls.certificate*", "network.dns*"));

            var report = engine.run(only).toCompletableFuture().get(30, TimeUnit.SECONDS);

            assertThat(EngineRun.named(report, "network.dns").reason()).hasToString("dns_not_found");
            assertThat(EngineRun.named(report, "tls.certificate").rootCause())
                    .hasToString("network.dns[nowhere.invalid]");
        }
    }

    @Test
    void looksAtFiles() {
        assertThat(instances(Map.of("KODA_TLS_CERTIFICATES", "/etc/a.pem, /etc/b.pem")))
                .containsExactly("KODA_TLS_CERTIFICATES");
    }

    @Test
    void keysAreHeldAgainstTheCertificatesThatAreNamed() {
        assertThat(instances(Map.of("KODA_TLS_KEY_FILES", "/etc/a.key"))).isEmpty();
        var conflict = stack(Map.of("KODA_TLS_KEY_FILES", "/etc/a.key")).specs().stream()
                .filter(spec -> spec.id().name().equals("config.values"))
                .findFirst()
                .orElseThrow();
        assertThat(EngineRun.result(conflict).message()).contains("KODA_TLS_KEY_FILES is set without");
    }

    @Test
    void isSkippedWithTheReasonWhereThereIsNothing() {
        assertThat(stack(Map.of("WEB_PUBLIC_BASE_URL", "http://koda.example")).skips())
                .filteredOn(skip -> skip.id().name().equals("tls.certificate"))
                .extracting(Skip::why)
                .containsExactly("no https URL, no sslmode that asks for TLS and no certificate file is configured");
    }
}
