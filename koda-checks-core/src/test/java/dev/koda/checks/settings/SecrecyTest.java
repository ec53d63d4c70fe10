package dev.koda.checks.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecrecyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SECRET_KEY",
                "JWT_SECRET_KEY",
                "DB_PASSWORD_OLD",
                "PGPASSWORD",
                "SMTP_PASS",
                "MYSQL_PWD",
                "GITHUB_TOKENS",
                "TOKEN2",
                "ADMIN_PASSWORD_2",
                "FERNET_KEY",
                "COOKIE_KEYS",
                "COOKIE_KEY_PREVIOUS",
                "ENCRYPTION_KEY_2024",
                "AWS_ACCESS_KEY_ID",
                "OPENAI_API_KEY",
                "SENTRY_DSN",
                "GOOGLE_CREDENTIALS_JSON",
                "api_key"
            })
    void knowsSecretsByTheirNames(String name) {
        assertThat(Secrecy.isSecret(name, "a value")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STRIPE_PUBLIC_KEY",
                "STRIPE_PUBLISHABLE_KEY",
                "JWT_SIGNING_KEY_ID",
                "TOKENIZERS_PARALLELISM",
                "KEYBOARD",
                "PWD",
                "PASSWORD_MIN_LENGTH",
                "TOKEN_TTL_SECONDS",
                "DB_PASSWORD_FILE",
                "CONTROL_PLANE_REGISTRATION_TOKEN_TTL_SECONDS",
                "CONTROL_PLANE_OPERATOR_PASSWORD_MIN_LENGTH",
                "CONTROL_PLANE_MASTER_KEY_FILE"
            })
    void hidesNothingThatOnlySoundsLikeASecret(String name) {
        assertThat(Secrecy.isSecret(name, "a value")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://ghp_token@host/repository | ghp_token",
                "https://:hidden@host | hidden",
                "amqp://koda:hid/den@host | hid/den",
                "host=db user=koda password=hidden | hidden",
                "host=db password='hid den' user=koda | hid den",
                "jdbc:postgresql://db/koda?user=koda&password=hidden | hidden",
                "Server=db;Password=hidden;Port=5432 | hidden"
            })
    void knowsSecretsByTheirPlaceInAValue(String text, String part) {
        var value = SettingValue.of("UNKNOWN", text, Origin.of(Layer.ENVIRONMENT));

        assertThat(value.shown()).doesNotContain(part);
        assertThat(Secrecy.secretsIn(value)).contains(text, part);
    }

    @Test
    void aUsersNameAloneIsHiddenButNotTakenForASecretElsewhere() {
        var value = SettingValue.of("UNKNOWN", "postgres://postgres@db/koda", Origin.of(Layer.ENVIRONMENT));

        assertThat(value.isSecret()).isTrue();
        assertThat(Secrecy.secretsIn(value)).containsExactly("postgres://postgres@db/koda");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://host/path@x", "a@b", "https://host/?q=a", "x=1 y=2"})
    void showsOtherValues(String text) {
        assertThat(Secrecy.isSecret("UNKNOWN", text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a://b:", "https://h:80/p;", "a", "://", "password='", ";pwd= "})
    void longValuesOfAnyKindTakeNoTime(String unit) {
        var text = unit.repeat(1_000_000 / unit.length()) + "://";

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Secrecy.isSecret("UNKNOWN", text));
    }
}
