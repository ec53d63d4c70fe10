package dev.koda.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void breaksAtBlanksAndCutsOnlyWhatIsLongerThanALine() {
        assertThat(Lines.wrapped("one two three", 7)).containsExactly("one two", "three");
        assertThat(Lines.wrapped("a abcdefgh b", 3)).containsExactly("a", "abc", "def", "gh", "b");
        assertThat(Lines.wrapped("", 10)).containsExactly("");
    }

    @Test
    void keepsANumberAndItsUnitOnOneLine() {
        assertThat(Lines.wrapped("took 13 ms, limit 500 ms", 7)).containsExactly("took", "13 ms,", "limit", "500 ms");
        assertThat(Lines.wrapped("above 80 % of 5 disks", 8)).containsExactly("above", "80 % of", "5 disks");
        assertThat(Lines.wrapped("free 12.5 GiB", 12)).containsExactly("free", "12.5 GiB");
        assertThat(Lines.wrapped("all 12 settings", 8)).containsExactly("all 12", "settings");
    }

    @Test
    void measuresWideAndCombiningCharacters() {
        assertThat(Lines.width("\u8cc7\u6599")).isEqualTo(4);
        assertThat(Lines.width("e\u0301")).isEqualTo(1);
        assertThat(Lines.width("\ud83d\ude00")).isEqualTo(2);
        assertThat(Lines.wrapped("\u8cc7\u6599\u8cc7", 4)).containsExactly("\u8cc7\u6599", "\u8cc7");
    }

    @Test
    void showsOnlyAsciiWhereNothingElseArrives() {
        assertThat(Lines.safe("caf\u00e9 \u2713", TextStyle.plain(false))).isEqualTo("caf? ?");
        assertThat(Lines.safe("caf\u00e9 \u2713", TextStyle.plain(true))).isEqualTo("caf\u00e9 \u2713");
    }
}
