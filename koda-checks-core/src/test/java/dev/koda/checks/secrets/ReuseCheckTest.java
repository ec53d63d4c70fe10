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

class ReuseCheckTest extends CheckContract {
    @Override
    protected List<CheckSpec> specs() {
        return SecretsFixture.specs();
    }

    @Override
    protected CheckId id() {
        return CheckId.of("secrets.reuse");
    }

    @Override
    protected List<String> secrets() {
        return SecretsFixture.planted();
    }

    @Test
    void failsIfTwoPurposesShareASecretAndNamesThem() throws Exception {
        var answer = SecretsFixture.answer(
                "secrets.reuse",
                false,
                new Value("A", SecretsFixture.TOKEN, "sessions", Kind.KEY),
                new Value("B", SecretsFixture.TOKEN, "API", Kind.KEY),
                new Value("C", SecretsFixture.PASSWORD, "database", Kind.PASSWORD));

        assertThat(answer).hasToString("fail: A and B are the same secret");
        assertThat(answer.reason()).isEqualTo(new Reason("reused_secret"));
    }

    @Test
    void passesForCopiesOfOnePurpose() throws Exception {
        assertThat(SecretsFixture.answer(
                                "secrets.reuse",
                                true,
                                new Value("A", SecretsFixture.PASSWORD, "database", Kind.PASSWORD),
                                new Value("B", SecretsFixture.PASSWORD, "database", Kind.PASSWORD))
                        .status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void isSkippedWithoutSecrets() throws Exception {
        assertThat(SecretsFixture.answer("secrets.reuse", true).isSkipped()).isTrue();
    }
}
