package dev.koda.checks.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every limit to the second, for certificates of all lifetimes that there are. */
class LifetimeTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Reason SOON = new Reason("tls_expires_soon");

    /** A quarter of 6, 45 and 90 days and 30 of 398; a tenth of 6 and 45 days and 7 of 90 and of 398. */
    @ParameterizedTest(name = "{0} days: warns below {1} s, fails below {2} s")
    @CsvSource({"6, 129600, 51840", "45, 972000, 388800", "90, 1944000, 604800", "398, 2592000, 604800"})
    void warnsAndFailsASecondBelowItsLimits(int days, long warnSeconds, long failSeconds) throws Exception {
        var until = FROM.plus(Duration.ofDays(days));

        assertThat(judge(until, warnSeconds + 1).status()).isEqualTo(Status.PASS);
        assertThat(judge(until, warnSeconds).status()).isEqualTo(Status.PASS);
        assertThat(judge(until, warnSeconds - 1))
                .satisfies(outcome -> assertThat(outcome.status()).isEqualTo(Status.WARN))
                .satisfies(outcome -> assertThat(outcome.reason()).isEqualTo(SOON));
        assertThat(judge(until, failSeconds + 1).status()).isEqualTo(Status.WARN);
        assertThat(judge(until, failSeconds).status()).isEqualTo(Status.WARN);
        assertThat(judge(until, failSeconds - 1))
                .satisfies(outcome -> assertThat(outcome.status()).isEqualTo(Status.FAIL))
                .satisfies(outcome -> assertThat(outcome.reason()).isEqualTo(SOON));
    }

    /** Both ends belong to the time in which it holds (RFC 5280, 4.1.2.5). */
    @ParameterizedTest
    @CsvSource({"6", "45", "90", "398"})
    void holdsFromItsFirstSecondToItsLast(int days) throws Exception {
        var until = FROM.plus(Duration.ofDays(days));

        assertThat(judge(until, 0).reason()).isEqualTo(SOON);
        assertThat(judge(until, -1).reason()).isEqualTo(new Reason("tls_expired"));
        assertThat(judge(until, Duration.ofDays(days).toSeconds()).status()).isEqualTo(Status.PASS);
        assertThat(judge(until, Duration.ofDays(days).toSeconds() + 1).reason()).isEqualTo(Lifetime.NOT_YET_VALID);
    }

    @ParameterizedTest(name = "{0} s too early is {1}")
    @CsvSource({"1, WARN", "299, WARN", "300, FAIL", "301, FAIL"})
    void takesFiveMinutesForAClock(long early, Status status) throws Exception {
        var until = FROM.plus(Duration.ofDays(90));

        assertThat(judge(until, Duration.ofDays(90).toSeconds() + early).status())
                .isEqualTo(status);
    }

    @Test
    void saysWhatIsLeftAndOfWhat() throws Exception {
        var until = FROM.plus(Duration.ofDays(45));

        assertThat(judge(until, 971_999).message()).isEqualTo("it expires in 11.2 days of its 45, limit 11.3 days");
        assertThat(judge(until, -7200).message()).isEqualTo("it expired 2 hours ago");
    }

    private static Outcome judge(Instant until, long secondsLeft) throws Exception {
        var certificate = Issued.alone("leaf").between(FROM, until).issue().certificate();
        return CertificateJudge.ofDates("it", TlsOptions.DEFAULT, until.minusSeconds(secondsLeft))
                .judge(new Chain(List.of(certificate)), List.of(), List.of());
    }
}
