package dev.koda.checks.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.secrets.SecretsOptions.Kind;
import dev.koda.checks.secrets.SecretsOptions.Value;
import dev.koda.checks.testing.CheckContract;
import dev.koda.checks.testing.EngineRun;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedSecretTest extends CheckContract {
    private static final String STRONG = "Vb2nMx7cLz4aKs9dJf6gHg6tYs1wQa9eUf4kNj0o";

    @ParameterizedTest(name = "{0} as {1} is {2}")
    @CsvSource({
        "changeme, FOREIGN, FAIL, placeholder",
        "xq7zk2, FOREIGN, PASS,",
        "xq7zk2, PASSWORD, FAIL, weak_secret",
        "Vb2nMx7cLz4aKs9dJf6gHg, KEY, FAIL, short_key",
        STRONG + ", KEY, PASS,"
    })
    void judgesByKind(String text, Kind kind, Status status, String reason) {
        var result = run(new Value("STRIPE_KEY", text, "payments", kind));

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(reason == null ? null : new Reason(reason));
        assertThat(result.message()).startsWith("STRIPE_KEY ").doesNotContain(text);
    }

    @Test
    void failsForOneThatIsNotSet() {
        assertThat(run(null).reason()).isEqualTo(new Reason("missing_secret"));
    }

    private static CheckResult run(@Nullable Value value) {
        return EngineRun.result(spec(value));
    }

    private static CheckSpec spec(@Nullable Value value) {
        return CheckSpec.of("billing.key")
                .title("Key of billing")
                .docs("docs/koda-yaml.md#secret")
                .in(Suite.DOCTOR)
                .run(SecretsChecks.named("STRIPE_KEY", value, true));
    }

    @Override
    protected List<CheckSpec> specs() {
        return List.of(spec(new Value("STRIPE_KEY", STRONG, "payments", Kind.KEY)));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("billing.key");
    }

    @Override
    protected List<String> secrets() {
        return List.of(STRONG);
    }
}
