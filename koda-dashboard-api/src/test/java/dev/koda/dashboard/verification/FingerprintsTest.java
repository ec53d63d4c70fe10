package dev.koda.dashboard.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
    @Test
    void isSixteenDigitsOfTheHmac() {
        // printf sk-1234 | openssl dgst -sha256 -hmac key-4711
        var made = take("key-4711", "sk-1234");

        assertThat(made.digits()).isEqualTo("93bfc547856ecce4");
    }

    @Test
    void withoutAKeyOrACredentialThereIsNone() {
        assertThat(Fingerprints.of(null).take("sk-1234")).isNull();
        assertThat(Fingerprints.of(" ").take("sk-1234")).isNull();
        assertThat(Fingerprints.of("key").take(null)).isNull();
    }

    @Test
    void thoseOfAnotherKeySayNothing() {
        var one = take("key-1", "sk-1234");
        var other = take("key-1", "sk-9999");
        var underAnotherKey = take("key-2", "sk-9999");

        assertThat(one.isOther(other)).isTrue();
        assertThat(one.isOther(one)).isFalse();
        assertThat(one.isOther(underAnotherKey)).isFalse();
    }

    private static Fingerprint take(String key, String credential) {
        return Objects.requireNonNull(Fingerprints.of(key).take(credential));
    }
}
