package dev.koda.checks.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.Glob;
import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void hostileTextBecomesOneBoundedLineOfValidText() {
        assertThat(Texts.oneLine("a\r\n\tb\u0000c\u2028d\u001b[31me")).isEqualTo("a b c d [31me");
        assertThat(Texts.oneLine("x\ud800y")).isEqualTo("x y");
        assertThat(Texts.oneLine("\u202eevil")).isEqualTo("evil");
        assertThat(Texts.oneLine("\u0000\n")).isEqualTo("(no text)");
        assertThat(Texts.oneLine("grüße 😀")).isEqualTo("grüße 😀");
    }

    @Test
    void whatIsTooLongIsCutAndNeverInTheMiddleOfACharacter() {
        assertThat(Texts.oneLine("x".repeat(300))).hasSize(300);
        assertThat(Texts.oneLine("x".repeat(1_000_000))).hasSize(300).endsWith("x…");
        var cut = Texts.oneLine("x".repeat(298) + "😀😀😀");
        assertThat(cut).endsWith("…");
        assertThat(cut.chars().filter(c -> Character.isSurrogate((char) c)).count() % 2)
                .isZero();
    }

    @Test
    void aGlobMatchesNamesAndInstances() {
        var plain = CheckId.of("postgres.round-trip");
        var disk = new CheckId("disk.space", "STATE_ROOT_DIR");

        assertThat(new Glob("postgres.*").matches(plain)).isTrue();
        assertThat(new Glob("*").matches(disk)).isTrue();
        assertThat(new Glob("disk.space").matches(disk)).isTrue();
        assertThat(new Glob("disk.space[STATE*").matches(disk)).isTrue();
        assertThat(new Glob("*trip").matches(plain)).isTrue();
        assertThat(new Glob("p*s.*d-t*p").matches(plain)).isTrue();
        assertThat(new Glob("postgres").matches(plain)).isFalse();
        assertThat(new Glob("*.trip").matches(plain)).isFalse();
        assertThat(new Glob("").matches(plain)).isFalse();
        assertThat(new Glob("*a".repeat(30) + "b").matches(CheckId.of("a." + "a".repeat(60))))
                .isFalse();
    }
}
