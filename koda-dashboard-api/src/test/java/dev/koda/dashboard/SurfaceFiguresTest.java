package dev.koda.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.koda.checks.Outcome;
import dev.koda.dashboard.store.Eventually;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurfaceFiguresTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String INTEGRATION = "provider.key:openai";

    @TempDir
    private Path directory;

    private static void awaitValue(ServedOperations served, double value, String metric, String... labels) {
        Eventually.holds(LIMIT, () -> {
            served.letPass(Duration.ofSeconds(1));
            var now = served.figures.value(metric, labels);
            return now != null && now == value;
        });
    }

    @Test
    void tellsHowTheStoreTheLogAndTheIntegrationsStand() {
        try (var served = new ServedOperations(directory)) {
            awaitValue(served, 1, "koda_operations_store_up");
            awaitValue(served, 2, "koda_integration_status", INTEGRATION);
            var passed = served.figures.value("koda_integration_last_success_timestamp_seconds", INTEGRATION);
            assertThat(passed).isCloseTo((double) Instant.now().getEpochSecond(), within(3_600.0));
            assertThat(served.figures.value("koda_integration_failing_after_rotation", INTEGRATION))
                    .isZero();

            served.outcome = Outcome.fail("the key is refused").reason("key_refused");
            verify(served);

            awaitValue(served, 0, "koda_integration_status", INTEGRATION);
            assertThat(served.figures.value("koda_integration_verifications_total", INTEGRATION, "fail"))
                    .isEqualTo(1);
            assertThat(served.figures.value("koda_integration_last_success_timestamp_seconds", INTEGRATION))
                    .isGreaterThanOrEqualTo(Objects.requireNonNull(passed) - 1);
            Eventually.holds(LIMIT, () -> {
                served.letPass(Duration.ofSeconds(1));
                var head = served.figures.value("koda_audit_head_seq");
                return head != null && head > 0;
            });
            assertThat(served.figures.value("koda_audit_inbox_rows")).isNotNull();
            assertThat(served.figures.value("koda_audit_seal_lag_seconds")).isBetween(0.0, 60.0);
            assertThat(served.figures.value("koda_storms_active", "silence")).isNotNull();
        }
    }

    private static void verify(ServedOperations served) {
        // Nothing is verified anew within ten seconds.
        served.letPass(Duration.ofSeconds(11));
        var answer = served.ask(
                "POST",
                "/integrations/provider.key%5Bopenai%5D/verify",
                "",
                HttpResponse.BodyHandlers.ofString(),
                "Authorization",
                "Bearer " + ServedOperations.TOKEN);
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    }

    /** The new credential is wrong, and then it is mended: what an alert says needs a person in between. */
    @Test
    void tellsOfAnIntegrationThatFailsSinceItsCredentialWasChangedAndOfItsRepair() {
        var first = new ServedOperations(directory);
        awaitValue(first, 2, "koda_integration_status", INTEGRATION);
        awaitValue(first, 0, "koda_integration_failing_after_rotation", INTEGRATION);

        try (var served = first.restarted(
                directory,
                "sk-another-credential",
                Outcome.fail("the key is refused").reason("key_refused"))) {
            awaitValue(served, 0, "koda_integration_status", INTEGRATION);
            awaitValue(served, 1, "koda_integration_failing_after_rotation", INTEGRATION);

            served.outcome = Outcome.pass("accepts the key");
            verify(served);

            awaitValue(served, 2, "koda_integration_status", INTEGRATION);
            awaitValue(served, 0, "koda_integration_failing_after_rotation", INTEGRATION);
        }
    }

    @Test
    void countsEventsFromZeroAndLockoutsWhileTheyLast() {
        try (var served = new ServedOperations(directory)) {
            awaitValue(served, 0, "koda_security_events_total", "security.storm_started", "warning");
            assertThat(served.figures.value("koda_auth_lockouts_active")).isZero();
            assertThat(served.figures.value("koda_audit_spooled_events")).isZero();
            assertThat(served.figures.value("koda_audit_write_failures_total")).isZero();
            assertThat(served.figures.value("koda_stream_clients")).isZero();

            for (int i = 0; i < 25; i++) {
                served.ask("GET", "/doctor", "", HttpResponse.BodyHandlers.ofString(), "Authorization", "Bearer wrong");
            }

            awaitValue(served, 1, "koda_security_events_total", "security.lockout_started", "warning");
            awaitValue(served, 1, "koda_auth_lockouts_active");
            assertThat(served.figures.value("koda_security_events_total", "security.auth_failure", "warning"))
                    .isGreaterThanOrEqualTo(19);
        }
    }

    @Test
    void anIdBecomesAWord() {
        assertThat(IntegrationFigures.label("provider.key[openai]")).isEqualTo("provider.key:openai");
        assertThat(IntegrationFigures.label("orders.api[https://x/?a=b c]")).isEqualTo("orders.api:https://x/_a_b_c");
        assertThat(IntegrationFigures.label("x".repeat(90))).hasSize(64);
    }
}
