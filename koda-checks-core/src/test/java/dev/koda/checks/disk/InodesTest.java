package dev.koda.checks.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InodesTest {
    private static final DiskOptions.Shares LIMITS = DiskOptions.defaults().inodes();

    @ParameterizedTest(name = "{0} of 1000 free is {1}")
    @CsvSource({"1000, PASS", "100, PASS", "99, WARN", "30, WARN", "29, FAIL", "0, FAIL"})
    void judgesByShare(long free, Status expected) {
        var outcome = new Inodes(1000, free).judge(Path.of("/state"), LIMITS);

        assertThat(outcome.status()).isEqualTo(expected);
        assertThat(outcome.reason()).isEqualTo(expected == Status.PASS ? null : new Reason("low_inodes"));
    }

    @Test
    void saysWhatWasSeenAndExpected() {
        assertThat(new Inodes(1000, 99).judge(Path.of("/state"), LIMITS).message())
                .isEqualTo("9.9 % of the inodes free, limit 10.0 %");
    }

    @Test
    void doesNotApplyWhereInodesAreMadeAsNeeded() {
        assertThat(new Inodes(0, 0).judge(Path.of("/state"), LIMITS).isSkipped())
                .isTrue();
    }

    @Test
    void readsTwoNumbers() {
        assertThat(Inodes.parse("15990784 14000000\n")).contains(new Inodes(15_990_784, 14_000_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "a b", "1 2 3", "-1 2", "1 99999999999999999999"})
    void takesNothingElseForCounts(String text) {
        assertThat(Inodes.parse(text)).isEmpty();
    }
}
