package dev.koda.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokensTest {
    private final BearerTokens tokens = BearerTokens.ofList(" new-token-4711 , old-token-0815,");

    @ParameterizedTest
    @ValueSource(strings = {"Bearer new-token-4711", "bearer old-token-0815", "BEARER  new-token-4711 "})
    void acceptsEveryTokenOfARotation(String header) {
        assertThat(tokens.accepts(header)).isTrue();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer new-token-471",
                "Bearer new-token-47111",
                "Bearer NEW-TOKEN-4711",
                "Bearer new-token-4711 , old-token-0815",
                "Basic new-token-4711",
                "new-token-4711"
            })
    void refusesEverythingElse(String header) {
        assertThat(tokens.accepts(header)).isFalse();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", ",", " , "})
    void withoutATokenNobodyComesIn(String list) {
        var none = BearerTokens.ofList(list);

        assertThat(none.isEmpty()).isTrue();
        assertThat(none.accepts("Bearer ")).isFalse();
        assertThat(none.accepts("Bearer " + list)).isFalse();
    }

    @Test
    void neverPrintsAToken() {
        assertThat(tokens).hasToString("2 tokens");
    }

    @Test
    void aMarkTellsWhichTokenItWasAndIsNoneOfIt() {
        var mark = BearerTokens.markOf("first-token-4711");

        assertThat(BearerTokens.ofList("second-token-0815,first-token-4711").hasMark(mark))
                .isTrue();
        assertThat(BearerTokens.ofList("second-token-0815").hasMark(mark)).isFalse();
        assertThat(mark).hasSize(16).doesNotContain("first");
    }
}
