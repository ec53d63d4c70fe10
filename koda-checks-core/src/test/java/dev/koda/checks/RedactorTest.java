package dev.koda.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final String SECRET = "p\"ss w/rd+ü=\\42";
    private final Redactor redactor = Redactor.of(() -> Set.of(SECRET, "abc"));

    @Test
    void aKnownSecretIsFoundInEveryFormItTravelsIn() {
        var bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        for (var form : new String[] {
            SECRET,
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
            HexFormat.of().formatHex(bytes),
            HexFormat.of().withUpperCase().formatHex(bytes),
            "p%22ss%20w%2Frd%2B%C3%BC%3D%5C42",
            "p%22ss+w%2Frd%2B%C3%BC%3D%5C42",
            "p\\\"ss w/rd+ü=\\\\42",
            new StringBuilder(SECRET).reverse().toString()
        }) {
            assertThat(redactor.redact("<" + form + ">")).isEqualTo("<[REDACTED]>");
        }
    }

    @Test
    void aTextWithoutSecretsIsTheSameObject() {
        var text = "12 % free, limit 15 %";

        assertThat(redactor.redact(text)).isSameAs(text);
        assertThat(redactor.redact("abc is too short to be masked")).contains("abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect to postgres://u:s3cret-value@h/db failed",
                "s3://k:s3cret-value@store",
                "Authorization: Bearer s3cret-value",
                "password=s3cret-value",
                "POSTGRES_PASSWORD: s3cret-value",
                "api_key=s3cret-value&x=1",
                "-----BEGIN RSA PRIVATE KEY-----\ns3cret-value\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\ns3cret-value"
            })
    void whatLooksLikeASecretIsTakenOutWhoeverItBelongsTo(String text) {
        assertThat(Redactor.byShape().redact(text)).doesNotContain("s3cret").contains(Redactor.MASK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPENAI_API_KEY=\nPOSTGRES_DB=koda\n", "password:\n\nnext", "token\n= x"})
    void theLineAfterAnEmptySecretIsNoSecret(String text) {
        assertThat(Redactor.byShape().redact(text)).isSameAs(text);
    }

    @Test
    void keysAndTokensAreKnownByTheirShape() {
        assertThat(Redactor.byShape().redact("key AKIAIOSFODNN7EXAMPLE is wrong"))
                .isEqualTo("key [REDACTED] is wrong");
        assertThat(Redactor.byShape().redact("jwt eyJhbGciOi.eyJzdWIi.c2ln")).isEqualTo("jwt [REDACTED]");
    }

    @Test
    void secretsThatComeLaterAreTakenOutToo() {
        var secrets = new AtomicReference<>(Set.of("first-secret"));
        var live = Redactor.of(secrets::get);
        live.redact("first-secret");

        secrets.set(Set.of("second-secret"));

        assertThat(live.redact("second-secret")).isEqualTo(Redactor.MASK);
    }
}
