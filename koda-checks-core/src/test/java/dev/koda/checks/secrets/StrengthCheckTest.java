package dev.koda.checks.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.secrets.SecretsOptions.Kind;
import dev.koda.checks.testing.CheckContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrengthCheckTest extends CheckContract {
    @Override
    protected List<CheckSpec> specs() {
        return SecretsFixture.specs();
    }

    @Override
    protected CheckId id() {
        return CheckId.of("secrets.strength");
    }

    @Override
    protected List<String> secrets() {
        return SecretsFixture.planted();
    }

    @ParameterizedTest
    @CsvSource({
        // 16 characters are the least; with 16 different ones of 62, each is worth 4 bits: 64 in all.
        "aK3xQ9mZ2wR7tBpY, WARN, weak_secret",
        "aK3xQ9mZ2wR7tBp, FAIL, weak_secret",
        // The same characters, one of them twice: below 64 bits.
        "aK3xQ9mZ2wR7tBpa, FAIL, weak_secret",
        // 32 different characters are worth 5 bits each.
        "aK3xQ9mZ2wR7tBpYcL5vN8sD4gH6jFeU, PASS,",
        // 32 hexadecimal digits, evenly used, are worth 4 bits each, which is 128.
        "0a1c2e4b6d8f9375a0f1b2d4c6e83957, PASS,",
        "0a1c2e4b6d8f9375a0f1b2d4c6e8395a, WARN, weak_secret",
        // Fewer than five different characters.
        "abcdabcdabcdabcdabdcbadcbadcbacd, FAIL, weak_secret",
        // A repetition is worth what it repeats.
        "aK3xQ9mZaK3xQ9mZaK3xQ9mZaK3xQ9mZ, FAIL, weak_secret",
        // Sequences and words add little.
        "abcdefghijklmnopqrstuvwxyz012345, FAIL, weak_secret",
        "adminsessionoperatormasterserver, FAIL, weak_secret"
    })
    void judgesAPasswordByItsWorth(String value, Status status, String reason) throws Exception {
        var answer = answer(true, value, Kind.PASSWORD);

        assertThat(answer.status()).as(answer.message()).isEqualTo(status);
        assertThat(answer.reason()).isEqualTo(reason == null ? null : new Reason(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "true, aK3xQ9mZ2wR7tBpYcL5vN8sD4gH6jFe, FAIL",
        "false, aK3xQ9mZ2wR7tBpYcL5vN8sD4gH6jFe, WARN",
        "true, aK3xQ9mZ2wR7tBpYcL5vN8sD4gH6jFeU, PASS",
        "true, aK3xQ9mZ2wR7tBpYcL5vN8sD4gH6jF\u00e4, PASS"
    })
    void asksForThirtyTwoBytesOfAKey(boolean isProduction, String value, Status status) throws Exception {
        var answer = answer(isProduction, value, Kind.KEY);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.reason()).isEqualTo(status == Status.PASS ? null : new Reason("short_key"));
    }

    @Test
    void saysWhatIsExpectedAndNoPartOfTheSecret() throws Exception {
        assertThat(answer(true, "aK3xQ9mZ2wR7tBpa", Kind.PASSWORD))
                .hasToString("fail: TOKEN is worth about 62 bits, at least 64 are expected");
        assertThat(answer(true, "aaaaaaaaaaaaaaaaaaaa", Kind.PASSWORD))
                .hasToString("fail: TOKEN has fewer than 5 different characters");
        assertThat(answer(true, "short", Kind.PASSWORD)).hasToString("fail: TOKEN is shorter than 16 characters");
    }

    @Test
    void leavesPlaceholdersAndWhatOthersMakeToOthers() throws Exception {
        assertThat(answer(true, "changeme", Kind.KEY).isSkipped()).isTrue();
        assertThat(answer(true, "x", Kind.FOREIGN).isSkipped()).isTrue();
    }

    @Test
    void countsOnlyWhatItJudges() throws Exception {
        var answer = SecretsFixture.answer(
                "secrets.strength",
                true,
                SecretsFixture.value("TOKEN", "changeme", Kind.KEY),
                SecretsFixture.value("OTHER", SecretsFixture.SESSION, Kind.KEY));

        assertThat(answer).hasToString("pass: all 1 secrets are worth at least 128 bits");
    }

    @ParameterizedTest
    @CsvSource({
        "koda-test-aK3xQ9mZ2wR7tBpYcL5vN8sD4gH6jFe",
        "aK3xQ9mZ2wR7tBpYc-your-L5vN8sD4gH6jFe",
        "aK3xQ9mZ2wR7tB-xxxx-pYcL5vN8sD4gH6jFe"
    })
    void aLongKeyMayHoldAShortWord(String key) {
        assertThat(SecretsChecks.weaknessOf(key)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "your-very-own-session-key-goes-in-here, is a placeholder",
        "changeme, is a placeholder",
        "aK3xQ9mZ2wR7tBpYcL5vN8sD4gH6jFe, is shorter than 32 bytes",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, has fewer than 5 different characters"
    })
    void tellsTheServerWhyAKeyMustNotBeUsed(String key, String why) {
        assertThat(SecretsChecks.weaknessOf(key)).hasValue(why);
    }

    @Test
    void tellsTheServerNothingOfAGoodKey() {
        assertThat(SecretsChecks.weaknessOf(SecretsFixture.SESSION)).isEmpty();
        assertThat(SecretsChecks.weaknessOf("")).isPresent();
    }

    private static Outcome answer(boolean isProduction, String value, Kind kind) throws Exception {
        return SecretsFixture.answer("secrets.strength", isProduction, SecretsFixture.value("TOKEN", value, kind));
    }
}
