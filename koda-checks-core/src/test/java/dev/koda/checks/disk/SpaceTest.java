package dev.koda.checks.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Observed;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpaceTest {
    private static final long GIB = 1L << 30;

    @ParameterizedTest(name = "{1} of {0} GiB free is {2}")
    @CsvSource({
        // a usual volume: 15 and 5 percent
        "100, 15.0, PASS",
        "100, 14.9, WARN",
        "100, 5.0, WARN",
        "100, 4.9, FAIL",
        // so big that 5 percent is more than 50 GiB: fails below 50 GiB
        "4000, 600.0, PASS",
        "4000, 599.0, WARN",
        "4000, 50.0, WARN",
        "4000, 49.9, FAIL",
        // exactly where both limits of fail meet
        "1000, 50.0, WARN",
        "1000, 49.9, FAIL",
        // small: below 5 GiB warns and below 1 GiB fails whatever the share is
        "10, 5.0, PASS",
        "10, 4.9, WARN",
        "10, 1.0, WARN",
        "10, 0.9, FAIL",
        "0.5, 0.5, FAIL",
    })
    void judgesByShareAndByBytes(double totalGib, double freeGib, Status expected) {
        assertThat(judge(totalGib, freeGib).status()).isEqualTo(expected);
    }

    @Test
    void saysWhichLimitDecided() {
        assertThat(judge(100, 12).message()).isEqualTo("12.0 % free (12.0 of 100.0 GiB), limit 15.0 %");
        assertThat(judge(4000, 40).message()).isEqualTo("1.0 % free (40.0 of 4000.0 GiB), limit 50.0 GiB");
        assertThat(judge(10, 0.5).message()).isEqualTo("5.0 % free (0.5 of 10.0 GiB), limit 1.0 GiB");
    }

    @Test
    void neverRoundsUpToItsLimit() {
        var outcome = new Space(100 * GIB, 5 * GIB - 1).judge(Path.of("/state"), DiskOptions.defaults());

        assertThat(outcome.status()).isEqualTo(Status.FAIL);
        assertThat(outcome.message()).startsWith("4.9 % free");
    }

    @ParameterizedTest
    @ValueSource(longs = {105_090_879_488L, 250_790_436_865L, 1_000_204_886_017L})
    void itsTextAndItsThresholdNameOneLimit(long total) {
        var outcome = new Space(total, total / 10).judge(Path.of("/state"), DiskOptions.defaults());

        var limit = outcome.thresholds().get(0).warn();
        assertThat(limit).isEqualTo(15.0);
        assertThat(outcome.message()).endsWith("limit " + limit + " %");
    }

    @Test
    void recordsWhatWasSeenAndTheLimitsThatCounted() {
        var outcome = judge(4000, 40);

        assertThat(outcome.observed())
                .containsEntry("free_bytes", new Observed(40 * GIB, "bytes"))
                .containsEntry("total_bytes", new Observed(4000 * GIB, "bytes"));
        assertThat(outcome.thresholds().get(1).fail()).isEqualTo(50.0 * GIB);
        assertThat(outcome.thresholds().get(0).warn()).isEqualTo(15.0);
        assertThat(outcome.reason()).isEqualTo(new Reason("low_space"));
        assertThat(outcome.hint()).contains("/state");
    }

    @Test
    void warnsWhenThereIsNoSize() {
        var outcome = new Space(0, 0).judge(Path.of("/proc"), DiskOptions.defaults());

        assertThat(outcome.status()).isEqualTo(Status.WARN);
        assertThat(outcome.reason()).isEqualTo(new Reason("unknown_size"));
    }

    @Test
    void usesTheLimitsItIsGiven() {
        var options = DiskOptions.defaults().space(50, 40).floors(0, 0);

        assertThat(new Space(100, 45).judge(Path.of("/state"), options).status())
                .isEqualTo(Status.WARN);
        assertThat(new Space(100, 39).judge(Path.of("/state"), options).status())
                .isEqualTo(Status.FAIL);
    }

    private static Outcome judge(double totalGib, double freeGib) {
        return new Space(Math.round(totalGib * GIB), Math.round(freeGib * GIB))
                .judge(Path.of("/state"), DiskOptions.defaults());
    }
}
