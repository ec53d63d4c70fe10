package dev.koda.checks.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.config.ConfigOptions.Required;
import dev.koda.checks.testing.CheckContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequiredCheckTest extends CheckContract {
    @Override
    protected List<CheckSpec> specs() {
        return ConfigChecks.of(ConfigFixture.clean());
    }

    @Override
    protected CheckId id() {
        return CheckId.of("config.required");
    }

    @Override
    protected List<String> secrets() {
        return List.of(ConfigFixture.PLANTED);
    }

    @Test
    void passesIfAllAreThere() throws Exception {
        assertThat(answer(new Required("A", true, null, null), new Required("B", true, null, null)))
                .hasToString("pass: all 2 required settings are there");
    }

    @Test
    void failsAndNamesAllThatAreMissingAndWhatGivesThemAValue() throws Exception {
        var answer = answer(
                new Required("A", true, null, null),
                new Required("B", false, "POSTGRES_PASSWORD", null),
                new Required("C", false, null, null));

        assertThat(answer.status()).isEqualTo(Status.FAIL);
        assertThat(answer.message()).isEqualTo("2 required settings are missing: B, C");
        assertThat(answer.reason()).isEqualTo(new Reason("missing_key"));
        assertThat(answer.hint()).isEqualTo("set POSTGRES_PASSWORD, C in /srv/.env");
    }

    @Test
    void speaksOfOneInTheSingular() throws Exception {
        assertThat(answer(new Required("C", false, null, null))).hasToString("fail: a required setting is missing: C");
    }

    @Test
    void saysWhereANameStandsThatWasProbablyMeant() throws Exception {
        assertThat(answer(new Required("DSN", false, null, "DNS is set in /srv/.env:14"))
                        .hint())
                .isEqualTo("set DSN in /srv/.env; a typo? DNS is set in /srv/.env:14");
    }

    @Test
    void isSkippedIfNothingIsRequired() throws Exception {
        assertThat(answer().isSkipped()).isTrue();
    }

    private static Outcome answer(Required... required) throws Exception {
        return Answer.of(ConfigChecks.of(ConfigFixture.required(required)), "config.required");
    }
}
