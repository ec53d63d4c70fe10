package dev.koda.checks.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Observed;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeRuleTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final long GIB = 1L << 30;

    private static Outcome judge(Backups backups) {
        return new AgeRule("files /backup/*", BackupOptions.defaults()).judge(backups, NOW);
    }

    private static Backup before(String ago, long bytes) {
        return new Backup(NOW.minus(Duration.parse(ago)), bytes);
    }

    /** The sizes in GiB of one backup a day, the newest first. */
    private static Backups daily(double... sizes) {
        var backups = new ArrayList<Backup>();
        for (int day = 0; day < sizes.length; day++) {
            backups.add(new Backup(NOW.minus(Duration.ofHours(24L * day)), (long) (sizes[day] * GIB)));
        }
        return Backups.of(backups);
    }

    @ParameterizedTest(name = "{0} old, running {1}, is {2} {3}")
    @CsvSource({
        "PT0S, false, PASS, none",
        "PT3H, true, PASS, none",
        "PT24H, false, PASS, none",
        "PT24H0.001S, false, FAIL, backup_old",
        "PT24H0.001S, true, WARN, running_late",
        "PT26H, true, WARN, running_late",
        "PT26H, false, FAIL, backup_old",
        "PT26H0.001S, true, FAIL, backup_old",
        "PT-1M, false, PASS, none",
        "PT-1M-0.001S, false, FAIL, future_stamp",
        "PT-2H, true, FAIL, future_stamp",
    })
    void theNewestOneMustBeYoung(String age, boolean isRunning, Status status, String reason) {
        var backups = Backups.of(List.of(before("PT100H", GIB), before(age, GIB)));

        var outcome = judge(isRunning ? backups.running() : backups);

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.reason()).isEqualTo(reason.equals("none") ? null : new Reason(reason));
        assertThat(outcome.hint() == null).isEqualTo(status == Status.PASS);
    }

    @Test
    void saysHowOldItIsAndWhatTheLimitIs() {
        var outcome = judge(Backups.of(List.of(before("PT24H0.001S", GIB))));

        assertThat(outcome.message()).isEqualTo("files /backup/*: the newest backup is 24.1 h old, limit 24 h");
        assertThat(outcome.observed().get("age")).isEqualTo(new Observed(24.1, "hours"));
        assertThat(outcome.observed().get("size")).isEqualTo(new Observed(GIB, "bytes"));
    }

    @Test
    void noneIsAFailure() {
        var outcome = judge(Backups.of(List.of()).running());

        assertThat(outcome.status()).isEqualTo(Status.FAIL);
        assertThat(outcome.reason()).isEqualTo(new Reason("no_backup"));
    }

    @Test
    void anEmptyOneIsNone() {
        var outcome = judge(Backups.of(List.of(before("PT1H", 0), before("PT25H", GIB))));

        assertThat(outcome.status()).isEqualTo(Status.FAIL);
        assertThat(outcome.reason()).isEqualTo(new Reason("empty_backup"));
    }

    @Test
    void onlyTheNewestIsAskedForItsBytes() {
        assertThat(judge(Backups.of(List.of(before("PT1H", GIB), before("PT25H", 0))))
                        .status())
                .isEqualTo(Status.PASS);
    }

    @ParameterizedTest(name = "sizes {0} are {1}")
    @CsvSource({
        "4.9 10 10 10 10 10, WARN",
        "5 10 10 10 10 10, PASS",
        "4.9 10 10 10 1 1, WARN",
        "4.9 10 10 1 1 1, PASS",
        "4.9 10 10 10 10 10 1 1 1 1 1, WARN",
        "4.9 1 1 1 10 10 10 10 10, PASS",
        "4.9 10 10 10, WARN",
        "1 10 10, PASS",
        "20 10 10 10 10 10, PASS",
    })
    void warnsWhenItIsLessThanHalfOfTheMedianOfTheFiveBefore(String sizes, Status status) {
        var outcome = judge(daily(Arrays.stream(sizes.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray()));

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.reason()).isEqualTo(status == Status.WARN ? new Reason("shrunken") : null);
    }

    @Test
    void saysWhatItHasAndWhatItShould() {
        assertThat(judge(daily(4.5, 10, 10, 10, 12, 12)).message())
                .isEqualTo(
                        "files /backup/*: the newest backup has 4.5 GiB, less than half of the median of the 5 before"
                                + " it, 10.0 GiB");
    }

    @Test
    void anUnknownSizeIsNotJudged() {
        var outcome = judge(Backups.of(List.of(
                before("PT1H", Backup.UNKNOWN_SIZE),
                before("PT25H", GIB),
                before("PT49H", GIB),
                before("PT73H", GIB))));

        assertThat(outcome.status()).isEqualTo(Status.PASS);
        assertThat(outcome.observed()).containsOnlyKeys("age");
    }

    @Test
    void otherLimitsHoldWhenTheyAreSet() {
        var options = BackupOptions.defaults().age(Duration.ofHours(2), Duration.ofHours(4));
        var rule = new AgeRule("marker /m", options);

        assertThat(rule.judge(Backups.of(List.of(before("PT3H", 1))), NOW).message())
                .isEqualTo("marker /m: the newest backup is 3 h old, limit 2 h");
        assertThat(rule.judge(Backups.of(List.of(before("PT3H", 1))), NOW).status())
                .isEqualTo(Status.WARN);
        assertThat(rule.judge(Backups.of(List.of(before("PT5H", 1))), NOW).status())
                .isEqualTo(Status.FAIL);
    }
}
