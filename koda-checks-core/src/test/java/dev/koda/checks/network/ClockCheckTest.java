package dev.koda.checks.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockCheckTest {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0, PASS, ",
        "1, PASS, ",
        "-1, PASS, ",
        "8, WARN, clock_skew",
        "-8, WARN, clock_skew",
        "60, FAIL, clock_skew",
        "-60, FAIL, clock_skew",
        "890, FAIL, clock_skew",
        "910, FAIL, s3_signature_window",
        "-100000, FAIL, s3_signature_window"
    })
    void judgesByHowFarTheClocksAreApart(long seconds, Status status, String reason) {
        var result = run(peer(seconds));

        assertThat(result.status()).as(result.message()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(reason == null ? null : new Reason(reason));
    }

    @Test
    void saysWhoIsAhead() {
        assertThat(run(peer(3600)).message()).contains(" s ahead of us");
        assertThat(run(peer(-3600)).message()).contains(" s behind us");
    }

    @Test
    void believesTheServerThatAgreesWithUs() {
        var result = run(peer(3600), peer(0), loopback.refused());

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("clock_skew"));
        assertThat(result.message())
                .startsWith("our clock agrees with http://127.0.0.1:")
                .contains("ahead of us");
        assertThat(run(peer(3600), peer(3601)).status()).isEqualTo(Status.FAIL);
        assertThat(run(peer(0), peer(0)).message()).isEqualTo("our clock agrees with 2 servers within 2 s");
    }

    @Test
    void isNotKnownToBeRightWhereNobodyTellsTheTime() {
        var silent = loopback.http(request -> request.response().end());
        var odd = loopback.http(
                request -> request.response().putHeader("Date", "noon").end());

        assertThat(run(silent, odd, loopback.refused()).reason()).isEqualTo(new Reason("clock_unknown"));
    }

    @Test
    void takesItsLimitsFromTheOptions() {
        var peer = peer(60);
        var limits = new ClockLimits(120, 240);

        assertThat(EngineRun.result(NetworkChecks.clock(List.of(peer), limits, loopback.http(), TimeSource.system()))
                        .status())
                .isEqualTo(Status.PASS);
    }

    private URI peer(long secondsAhead) {
        return loopback.http(request -> request.response()
                .setStatusCode(403)
                .putHeader(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                Instant.now().plusSeconds(secondsAhead).atOffset(ZoneOffset.UTC)))
                .end());
    }

    private CheckResult run(URI... peers) {
        return EngineRun.result(
                NetworkChecks.clock(List.of(peers), ClockLimits.DEFAULT, loopback.http(), TimeSource.system()));
    }
}
