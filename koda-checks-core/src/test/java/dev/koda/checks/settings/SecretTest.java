package dev.koda.checks.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static final String VALUE = "correct horse battery staple";

    @Test
    void neverPrintsInWhateverItIsPartOf() {
        var secret = Secret.of(VALUE);
        record Holder(Secret secret) {}

        assertThat("" + secret + Optional.of(secret) + List.of(secret) + Map.of("k", secret) + new Holder(secret))
                .doesNotContain(VALUE)
                .contains("[REDACTED]");
    }

    @Test
    void neverPrintsInAnException() {
        var thrown = new IllegalStateException("bad secret " + Secret.of(VALUE));

        assertThat(thrown).hasMessage("bad secret [REDACTED]");
    }

    @Test
    void cannotBeSerialized() {
        assertThat(Serializable.class.isAssignableFrom(Secret.class)).isFalse();
    }

    @Test
    void isEqualByValueAndTellsNothingByItsHash() {
        assertThat(Secret.of(VALUE)).isEqualTo(Secret.of(VALUE)).isNotEqualTo(Secret.of(VALUE + "!"));
        assertThat(Secret.of(VALUE)).hasSameHashCodeAs(Secret.of("another"));
        assertThat(Secret.of(VALUE)).isNotEqualTo(VALUE);
    }

    @Test
    void givesTheValueOnlyWhenAsked() {
        assertThat(Secret.of(" x ").reveal()).isEqualTo(" x ");
        assertThat(Secret.of(" x ").length()).isEqualTo(3);
    }
}
