package dev.koda.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretGuardTest {
    private static final String SECRET = "correct-h\u00f6rse\"battery";

    private final SecretGuard guard = new SecretGuard(Set.of(SECRET, "first part\nsecond part of it\nend"), 2);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain correct-h\u00f6rse\"battery here",
                "{\"event\":\"correct-h\u00f6rse\\\"battery\"}",
                "{\"event\":\"correct-h\\u00f6rse\\u0022battery\"}",
                "{\"event\":{\"deep\":[\"\\u0063orrect-h\u00f6rse\\\"battery\"]}}",
                "{\"correct-h\\u00f6rse\\u0022battery\":1}",
                "\u001b[36mcorrect-\u001b[0mh\u00f6rse\"battery",
                "a line of it: second part of it"
            })
    void nothingHidesASecretOfTheSettings(String text) {
        assertThat(guard.clean(0, text)).contains("[REDACTED]").doesNotContain("battery", "second part");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"tokens\":512}|{\"tokens\":\"[REDACTED]\"}",
                "{\"a\":1.50,\"password\":\"x y\",\"b\":\"c\"}|{\"a\":1.50,\"password\":\"[REDACTED]\",\"b\":\"c\"}",
                "{\"secrets\":[\"a\",{\"b\":\"c\"}],\"d\":2}|{\"secrets\":[\"[REDACTED]\",{\"b\":\"[REDACTED]\"}],\"d\":2}",
                "{\"h\":\"Authorization: Bearer abcdefghijkl\"}|{\"h\":\"Authorization: Bearer [REDACTED]\"}",
                "{\"token\":null,\"secret\":true,\"password\":\"\"}|{\"token\":null,\"secret\":true,\"password\":\"\"}"
            })
    void jsonStaysJson(String text, String expected) {
        assertThat(guard.clean(0, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"a \\u00e4 \\\"quoted\\\"\",\"token_count\":512,\"n\":1e3}",
                "2026-11-23 \u001b[32m[info]\u001b[0m fine",
                "{\"not\": json"
            })
    void whatHasNoSecretStaysTheSameObject(String text) {
        assertThat(guard.clean(0, text)).isSameAs(text);
    }

    @Test
    void coloursDoNotPartANameFromItsValue() {
        assertThat(guard.clean(0, "\u001b[36mpassword\u001b[0m=\u001b[35mhunter22\u001b[0m ok"))
                .isEqualTo("password=[REDACTED] ok");
    }

    @Test
    void aKeyOfSeveralLinesIsTakenOutOfItsOwnLogOnly() {
        assertThat(guard.clean(0, "key: -----BEGIN RSA PRIVATE KEY-----")).isEqualTo("key: [REDACTED]");
        assertThat(guard.clean(0, "MIIEowIBAAKCAQEA")).isEqualTo("[REDACTED]");
        assertThat(guard.clean(1, "MIIEowIBAAKCAQEA")).isEqualTo("MIIEowIBAAKCAQEA");
        assertThat(guard.clean(0, "-----END RSA PRIVATE KEY-----")).isEqualTo("[REDACTED]");
        assertThat(guard.clean(0, "after")).isEqualTo("after");
    }

    @Test
    void aKeyWithoutAnEndDoesNotMaskForEver() {
        guard.clean(0, "-----BEGIN PRIVATE KEY-----");
        for (int i = 0; i < 250; i++) {
            assertThat(guard.clean(0, "line " + i)).isEqualTo("[REDACTED]");
        }

        assertThat(guard.clean(0, "line 250")).isEqualTo("line 250");
    }
}
