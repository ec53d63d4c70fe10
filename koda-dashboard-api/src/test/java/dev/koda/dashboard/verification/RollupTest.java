package dev.koda.dashboard.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollupTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void sumsAreTheSameInAnyOrderAndGrouping(int seed) {
        var random = new Random(seed);
        var results = Samples.random(random, 200);
        var whole = results.stream().map(Rollup::of).reduce(Rollup.EMPTY, Rollup::plus);

        var parts = new ArrayList<Rollup>();
        for (int i = 0; i < results.size(); i += 7) {
            parts.add(results.subList(i, Math.min(results.size(), i + 7)).stream()
                    .map(Rollup::of)
                    .reduce(Rollup.EMPTY, Rollup::plus));
        }
        Collections.shuffle(parts, random);

        assertThat(parts.stream().reduce(Rollup.EMPTY, Rollup::plus)).isEqualTo(whole);
        assertThat(whole.runs()).isEqualTo(200);
        assertThat(whole.latencies().count()).isEqualTo(200 - whole.unknowns());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.95, 0.99})
    void aQuantileIsOffByATenthAtMost(double part) {
        var random = new Random(7);
        var micros = new long[5_000];
        var histogram = LatencyHistogram.EMPTY;
        for (int i = 0; i < micros.length; i++) {
            micros[i] = (long) (2_000 * Math.exp(random.nextGaussian() + 3));
            histogram = histogram.plus(LatencyHistogram.of(Duration.ofNanos(micros[i] * 1_000)));
        }
        Arrays.sort(micros);
        double exact = micros[(int) Math.ceil(part * micros.length) - 1];

        assertThat(histogram.quantileMicros(part).orElseThrow() / exact).isBetween(0.9, 1.1);
    }

    @Test
    void everyLatencyFallsIntoTheBucketThatItsLimitsName() {
        for (int bucket = 1; bucket < LatencyHistogram.BUCKETS - 1; bucket++) {
            long longest = (long) Math.floor(LatencyHistogram.upperMicros(bucket));

            assertThat(LatencyHistogram.bucket(longest)).isEqualTo(bucket);
            assertThat(LatencyHistogram.bucket(longest + 1)).isEqualTo(bucket + 1);
        }
        assertThat(LatencyHistogram.bucket(0)).isZero();
        assertThat(LatencyHistogram.bucket(Long.MAX_VALUE)).isEqualTo(LatencyHistogram.BUCKETS - 1);
        assertThat(LatencyHistogram.upperMicros(LatencyHistogram.BUCKETS - 2)).isBetween(45e6, 60e6);
    }

    @Test
    void anEmptyOneHasNoQuantile() {
        assertThat(LatencyHistogram.EMPTY.quantileMicros(0.5)).isEmpty();
    }

    @Test
    void bucketsBeginAtFullSpans() {
        assertThat(Rollup.bucket(Instant.parse("2026-01-01T00:09:59.999Z"), Duration.ofMinutes(5)))
                .isEqualTo("2026-01-01T00:05:00Z");
        assertThat(Rollup.bucket(Instant.parse("2026-01-01T01:00:00Z"), Duration.ofHours(1)))
                .isEqualTo("2026-01-01T01:00:00Z");
    }
}
