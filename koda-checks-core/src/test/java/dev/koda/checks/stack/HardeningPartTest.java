package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Reason;
import dev.koda.checks.Suite;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.VirtualTime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardeningPartTest {
    @TempDir
    Path directory;

    private Composition composition(Map<String, String> environment) {
        var composition = new Composition(UnaryOperator.identity());
        var settings = Settings.load(SettingsSources.of(directory, environment));
        var clients = StackClients.of("host", "test", new VirtualTime());
        new HardeningPart(settings, clients, directory).addTo(composition);
        return composition;
    }

    private static List<String> ids(Composition composition) {
        return composition.specs().stream().map(spec -> spec.id().name()).toList();
    }

    @Test
    void everyRuleIsThereOrSkippedAndOnlyWhereItIsAskedFor() {
        for (var stack : List.of("koda", "embedded", "none")) {
            var composition = composition(Map.of("KODA_STACK", stack));

            assertThat(composition.specs().size() + composition.skips().size())
                    .as(stack)
                    .isEqualTo(14);
            assertThat(composition.specs())
                    .allSatisfy(spec -> assertThat(spec.suites()).containsExactly(Suite.HARDENING));
            assertThat(composition.skips())
                    .allSatisfy(skip -> assertThat(skip.suites()).containsExactly(Suite.HARDENING));
        }
    }

    @Test
    void theEmbeddedStackHasNoRuleOfAnInstalledKoda() {
        assertThat(ids(composition(Map.of("KODA_STACK", "embedded", "WEB_PUBLIC_BASE_URL", "https://koda.example"))))
                .isEmpty();
    }

    @Test
    void secretsAreLookedForWhereThereAreAny() {
        assertThat(ids(composition(Map.of("POSTGRES_PASSWORD", "Zk3mWq8vTn2xRb7pLc5d"))))
                .containsExactly("hardening.process-arguments");
    }

    @Test
    void aPublicUrlIsLookedAtAsAStranger() {
        assertThat(ids(composition(Map.of("WEB_PUBLIC_BASE_URL", "https://koda.example"))))
                .containsExactly("hardening.exposed");
    }

    @Test
    void whatIsNotPlainlyOffIsOnAndWhatIsNoNumberIsNone() {
        var composition = composition(
                Map.of("KODA_STACK", "koda", "ALLOW_LOOPBACK_BOOTSTRAP", "maybe", "AUDIT_RETENTION_DAYS", "for ever"));

        assertThat(reason(composition, "hardening.loopback-bootstrap-disabled-in-production"))
                .isEqualTo(new Reason("switched_on"));
        assertThat(reason(composition, "hardening.audit-retention-at-least-90-days"))
                .isEqualTo(new Reason("short_retention"));
    }

    private static Reason reason(Composition composition, String id) {
        var spec = composition.specs().stream()
                .filter(one -> one.id().name().equals(id))
                .findFirst()
                .orElseThrow();
        var reason = EngineRun.result(spec).reason();
        return reason == null ? Reason.PENDING : reason;
    }
}
