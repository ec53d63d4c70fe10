package dev.koda.checks.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.sql.SqlFailure;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import dev.koda.checks.testing.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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

    @ParameterizedTest(name = "{0} s apart after {1} ms is {2}")
    @CsvSource({
        "1.9, 0, PASS, ",
        "2.1, 0, WARN, clock_skew",
        "-2.1, 0, WARN, clock_skew",
        "3.9, 4000, PASS, ",
        "4.2, 4000, WARN, clock_skew",
        "31, 0, FAIL, clock_skew",
        "899, 0, FAIL, clock_skew",
        "901, 0, FAIL, s3_signature_window"
    })
    void judgesTheClockOfADatabaseLessHalfTheRoundTrip(double apart, long trip, Status status, String reason) {
        var time = new VirtualTime();
        SqlQueries database = (context, sql) -> {
            // It reads its clock in the middle of the trip.
            double now = time.now().toEpochMilli() / 1000.0 + trip / 2000.0 + apart;
            time.advance(Duration.ofMillis(trip));
            return CompletableFuture.completedStage(List.of(SqlRow.of(Map.of("now", now))));
        };

        var outcome = outcome(time, new DatabaseClock("db.example:5432", database));

        assertThat(outcome.status()).as(outcome.message()).isEqualTo(status);
        assertThat(outcome.reason()).isEqualTo(reason == null ? null : new Reason(reason));
    }

    @Test
    void believesTheDatabaseWhereAServerIsWrongAndTheServerWhereTheDatabaseIs() {
        var right = new DatabaseClock("db.example:5432", databaseAhead(0));
        var wrong = new DatabaseClock("db.example:5432", databaseAhead(-70));

        assertThat(run(right, peer(3600)).message())
                .startsWith("our clock agrees with db.example:5432, but http://127.0.0.1:");
        assertThat(run(wrong, peer(0)).message()).endsWith("but db.example:5432 is 70 s behind us");
        assertThat(run(right, peer(0)).message()).isEqualTo("our clock agrees with 2 servers within 2 s");
        assertThat(run(new DatabaseClock("db", silent()), loopback.refused()).reason())
                .isEqualTo(new Reason("clock_unknown"));
    }

    private static SqlQueries databaseAhead(long seconds) {
        return (context, sql) -> CompletableFuture.completedStage(List.of(
                SqlRow.of(Map.of("now", TimeSource.system().now().toEpochMilli() / 1000.0 + seconds))));
    }

    private static SqlQueries silent() {
        return (context, sql) -> CompletableFuture.failedStage(SqlFailure.of(null));
    }

    private static Outcome outcome(VirtualTime time, DatabaseClock database) {
        var http = HttpFetch.of(
                () -> {
                    throw new IllegalStateException("no server is asked");
                },
                time);
        var spec = NetworkChecks.clock(List.of(), database, ClockLimits.DEFAULT, http, time);
        return EngineRun.result(spec).outcome();
    }

    private CheckResult run(DatabaseClock database, URI... peers) {
        return EngineRun.result(NetworkChecks.clock(
                List.of(peers), database, ClockLimits.DEFAULT, loopback.http(), TimeSource.system()));
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
