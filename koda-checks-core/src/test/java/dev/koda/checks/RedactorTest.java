package dev.koda.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
            "p%22ss%20w%2frd%2b%c3%bc%3d%5c42",
            "p%22ss+w%2frd%2b%c3%bc%3d%5c42",
            "p\\\"ss w\\/rd+ü=\\\\42",
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
                "{\"password\":\"s3cret, value\"}",
                "{\"token\": \"a\\\"s3cret\"}",
                "{\\\"password\\\":\\\"s3cret, value\\\"}",
                "password: \"s3cret\"",
                "password: \"s3cret value cut o",
                "PGPASSWORD='s3cret value'",
                "'api-key' = 's3cret'",
                "JWT_SECRET_KEY=s3cret",
                "DB_PASSWORD_OLD=s3cret",
                "https://s3cret-value@host/repository",
                "https://u:p:s3cret@host",
                "eyJhbGciOi-s3cret.eyJzdWIi",
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8090/health",
                "http://host:80/a and b@c",
                "postgres://koda@db/koda",
                "ssh://git@host/x",
                "password=\"\"",
                "{\"password\":\"[REDACTED]\"}",
                "PGPASSWORD=[REDACTED]",
                "https://[REDACTED]@host",
                "https://u:[REDACTED]@host"
            })
    void whatHoldsNoSecretStaysAsItIs(String text) {
        assertThat(Redactor.byShape().redact(text)).isSameAs(text);
    }

    @Test
    void onlyTheSecretIsTakenOut() {
        assertThat(Redactor.byShape().redact("{\"a\":1,\"password\":\"x, \\\"y\",\"b\":\"2\"}"))
                .isEqualTo("{\"a\":1,\"password\":\"[REDACTED]\",\"b\":\"2\"}");
        assertThat(Redactor.byShape().redact("PGPASSWORD='a b' psql")).isEqualTo("PGPASSWORD='[REDACTED]' psql");
        assertThat(Redactor.byShape().redact("http://a:80/x, https://t@b:81/y and http://c:82"))
                .isEqualTo("http://a:80/x, https://[REDACTED]@b:81/y and http://c:82");
    }

    /** Linear is a second on a slow machine; quadratic would be half an hour. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a://b:",
                "https://h:80/p;",
                "http://",
                "-eyJa",
                "eyJabcdef.",
                "a",
                "a-",
                "bearer ",
                "bearer \t",
                "token=\\\"",
                "token='\\",
                "password",
                "password:\"",
                "\"token\":'",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY",
                "AKIA"
            })
    void aHostileMebibyteTakesTimeInProportion(String unit) {
        var text = unit.repeat((1 << 20) / unit.length());

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> redactor.redact(text));
    }

    @Test
    void keysAndTokensAreKnownByTheirShape() {
        assertThat(Redactor.byShape().redact("key AKIAIOSFODNN7EXAMPLE is wrong"))
                .isEqualTo("key [REDACTED] is wrong");
        assertThat(Redactor.byShape().redact("jwt eyJhbGciOi.eyJzdWIi.c2ln")).isEqualTo("jwt [REDACTED]");
        assertThat(Redactor.byShape().redact("name koda_op_AbCdEfGhIjKlMnOpQrStUvWxYz-_0123456789 typed"))
                .isEqualTo("name [REDACTED] typed");
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
