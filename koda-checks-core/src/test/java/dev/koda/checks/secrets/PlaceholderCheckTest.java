package dev.koda.checks.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.secrets.SecretsOptions.Kind;
import dev.koda.checks.secrets.SecretsOptions.Value;
import dev.koda.checks.testing.CheckContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholderCheckTest extends CheckContract {
    @Override
    protected List<CheckSpec> specs() {
        return SecretsFixture.specs();
    }

    @Override
    protected CheckId id() {
        return CheckId.of("secrets.placeholder");
    }

    @Override
    protected List<String> secrets() {
        return SecretsFixture.planted();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "changeme",
                "CHANGE-ME-please",
                "change_me",
                "replace-with-32-random-bytes",
                "my-example-token",
                "your-super-secret-jwt-token-with-at-least-32-characters-long",
                "xxxxxxxxxxxxxxxx",
                "xxxx-xxxx",
                "todo",
                "fill in: TODO",
                "dummy",
                "<secret>",
                "<your token here>",
                "${SECRET}",
                "a${SECRET:-b}",
                "{{ secret }}",
                "%SECRET%",
                "django-insecure-abcdefghijklmnop",
                "secret",
                "password",
                "Passw0rd!",
                "123",
                "12345678",
                "123456789012",
                "minioadmin",
                "koda",
                "Postgres",
                "hunter2",
                " changeme "
            })
    void failsForWhatEverybodyKnows(String value) throws Exception {
        var answer = SecretsFixture.answer("secrets.placeholder", false, value(value));

        assertThat(answer).hasToString("fail: TOKEN is a placeholder, not a secret");
        assertThat(answer.reason()).isEqualTo(new Reason("placeholder"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SecretsFixture.SESSION,
                SecretsFixture.TOKEN,
                SecretsFixture.PASSWORD,
                "12",
                "123456789a",
                "k<J9v>pQ2mXw7Zr$Lt4",
                "aXxxxb7Todob9",
                "contestants",
                "a%b%c",
                "correct-horse-battery-staple"
            })
    void passesForWhatOnlyLooksAlike(String value) throws Exception {
        assertThat(SecretsFixture.answer("secrets.placeholder", true, value(value))
                        .status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void namesAllOfThemOnce() throws Exception {
        assertThat(SecretsFixture.answer(
                        "secrets.placeholder",
                        true,
                        value("changeme"),
                        value("changeme"),
                        SecretsFixture.value("OTHER", "todo", Kind.FOREIGN)))
                .hasToString("fail: TOKEN, OTHER are placeholders, not a secret");
    }

    @Test
    void isSkippedWithoutSecrets() throws Exception {
        assertThat(SecretsFixture.answer("secrets.placeholder", true).isSkipped())
                .isTrue();
    }

    private static Value value(String text) {
        return SecretsFixture.value("TOKEN", text, Kind.KEY);
    }
}
