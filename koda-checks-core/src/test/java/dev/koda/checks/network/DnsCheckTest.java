package dev.koda.checks.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.EngineRun;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DnsCheckTest {
    private final NameServer names = new NameServer();

    @AfterEach
    void close() {
        names.close();
    }

    @Test
    void passesANameThatResolves() {
        names.answerWithAnAddress(0);

        var result = run(Duration.ofSeconds(3), Duration.ofSeconds(4));

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(result.message()).startsWith("koda.internal.example has 1 address, found in ");
        assertThat(result.id()).hasToString("network.dns[koda.internal.example]");
    }

    @Test
    void failsANameThatDoesNotExist() {
        names.answerWith(NameServer.NXDOMAIN);

        var result = run(Duration.ofSeconds(3), Duration.ofSeconds(4));

        assertThat(result.reason()).isEqualTo(new Reason("dns_not_found"));
        assertThat(result.status()).isEqualTo(Status.FAIL);
    }

    @Test
    void failsWhereNoServerAnswers() {
        assertThat(run(Duration.ofSeconds(3), Duration.ofSeconds(4)).reason()).isEqualTo(new Reason("dns_timeout"));
    }

    @Test
    void failsWhereTheServerCannotAnswer() {
        names.answerWith(NameServer.SERVFAIL);

        assertThat(run(Duration.ofSeconds(3), Duration.ofSeconds(4)).reason()).isEqualTo(new Reason("dns_timeout"));
    }

    @Test
    void warnsAndFailsWhereTheAnswerIsSlow() {
        names.answerWithAnAddress(60);

        var slow = run(Duration.ofMillis(30), Duration.ofSeconds(4));

        assertThat(slow.reason()).isEqualTo(new Reason("slow"));
        assertThat(slow.status()).isEqualTo(Status.WARN);
        assertThat(slow.message()).contains("limit 30 ms");
    }

    @Test
    void failsWhereTheAnswerIsMuchTooSlow() {
        names.answerWithAnAddress(60);

        assertThat(run(Duration.ofMillis(10), Duration.ofMillis(30)).status()).isEqualTo(Status.FAIL);
    }

    private CheckResult run(Duration slow, Duration stuck) {
        return EngineRun.result(
                NetworkChecks.dns("koda.internal.example", slow, stuck, names::vertx, TimeSource.system()));
    }
}
