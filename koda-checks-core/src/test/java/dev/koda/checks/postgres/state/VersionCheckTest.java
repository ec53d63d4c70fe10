package dev.koda.checks.postgres.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Status;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionCheckTest {
    @Test
    void readsTheVersionOfARealServer() throws Exception {
        var result = StateRun.result("postgres.version", Cluster.shared().primary("plain"));

        assertThat(result.status()).as(result::message).isEqualTo(Status.PASS);
        assertThat(result.message()).startsWith("Postgres 17.").endsWith("gets fixes until 2029-11-08");
    }

    @ParameterizedTest
    @CsvSource({
        "14, 23, 2026-11-12, PASS, ,",
        "14, 23, 2026-11-13, WARN, end_of_life, out of support since 2026-11-12",
        "9, 6, 2026-01-01, WARN, end_of_life, out of support since before 2024-11-21",
        "17, 9, 2026-11-13, PASS, , gets fixes until",
        "17, 8, 2026-11-13, WARN, old_minor, lacks the fixes of 2 releases",
        "17, 30, 2026-11-13, PASS, , gets fixes until",
        "23, 1, 2026-11-13, PASS, , newer than what this program knows",
    })
    void judgesByTheVersioningPolicy(
            int major, int minor, LocalDate today, Status status, String reason, String message) {
        var outcome = VersionCheck.judge(major, minor, today);

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.message()).contains(message == null ? "gets fixes" : message);
        assertThat(outcome.reason() == null ? null : outcome.reason().code()).isEqualTo(reason);
        assertThat(outcome.hint() == null).isEqualTo(status == Status.PASS);
    }
}
