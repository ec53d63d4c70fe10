package dev.koda.checks.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CanaryTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void isOneKibibyteThatOnlyOneRunWrote() {
        assertThat(Canary.write(NOON).content()).hasSize(1024);
        assertThat(Canary.write(NOON).isSame(Canary.write(NOON).content())).isFalse();
    }

    @Test
    void isKnownAgainWithTheTimeOfItsWriting() {
        assertThat(Canary.parse(Canary.write(NOON).content()))
                .hasValueSatisfying(canary -> assertThat(canary.writtenAt()).isEqualTo(NOON));
    }

    @Test
    void isNoneWithAnySingleBitChanged() {
        var content = Canary.write(NOON).content();
        for (int position = 0; position < content.length; position++) {
            var damaged = content.clone();
            damaged[position] ^= 4;

            assertThat(Canary.parse(damaged)).as("bit of byte %d", position).isEmpty();
        }
    }

    @Test
    void isNoneOfAnotherLength() {
        assertThat(Canary.parse(new byte[0])).isEmpty();
        assertThat(Canary.parse(new byte[1024])).isEmpty();
        assertThat(Canary.parse(Arrays.copyOf(Canary.write(NOON).content(), 1025)))
                .isEmpty();
    }
}
