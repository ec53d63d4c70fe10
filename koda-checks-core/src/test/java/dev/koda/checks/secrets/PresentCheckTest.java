package dev.koda.checks.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.secrets.SecretsOptions.Entry;
import dev.koda.checks.testing.CheckContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresentCheckTest extends CheckContract {
    @Override
    protected List<CheckSpec> specs() {
        return SecretsFixture.specs();
    }

    @Override
    protected CheckId id() {
        return CheckId.of("secrets.present");
    }

    @Override
    protected List<String> secrets() {
        return SecretsFixture.planted();
    }

    @Test
    void passesIfAllAreSet() throws Exception {
        assertThat(answer(true, new Entry("A", true), new Entry("B", true)))
                .hasToString("pass: all 2 secrets that protect an entrance are set");
    }

    @Test
    void failsInProductionAndNamesAllThatAreMissing() throws Exception {
        var answer = answer(true, new Entry("A", false), new Entry("B", true), new Entry("C", false));

        assertThat(answer).hasToString("fail: A, C are not set");
        assertThat(answer.reason()).isEqualTo(new Reason("missing_secret"));
        assertThat(answer.hint()).contains("koda secrets generate");
    }

    @Test
    void warnsElsewhere() throws Exception {
        assertThat(answer(false, new Entry("A", false))).hasToString("warn: A is not set");
    }

    @Test
    void isSkippedIfNothingNeedsProtection() throws Exception {
        assertThat(answer(true).isSkipped()).isTrue();
    }

    private static Outcome answer(boolean isProduction, Entry... entries) throws Exception {
        var options = new SecretsOptions(isProduction, List.of(entries), List.of(), List.of());
        return Answer.of(SecretsChecks.of(options), "secrets.present");
    }
}
