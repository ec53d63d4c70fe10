package dev.koda.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
    private final List<String> lines = new ArrayList<>();
    private final LineSplitter splitter = new LineSplitter((bytes, from, to, isCut) ->
            lines.add(new String(bytes, from, to - from, StandardCharsets.UTF_8) + (isCut ? "|cut" : "")));

    private void add(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        splitter.add(bytes, bytes.length);
    }

    @Test
    void dividesWhateverThePartsAre() {
        var text = "one\r\n\ntwo \u00e4\r\r\nthree";
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var random = new Random(1);
        for (int round = 0; round < 200; round++) {
            lines.clear();
            int from = 0;
            while (from < bytes.length) {
                int to = Math.min(bytes.length, from + 1 + random.nextInt(6));
                splitter.add(Arrays.copyOfRange(bytes, from, to), to - from);
                from = to;
            }
            splitter.finish();
            assertThat(lines).containsExactly("one", "", "two \u00e4\r", "three");
        }
    }

    @Test
    void keepsTheBeginningOfALineThatIsTooLong() {
        for (int i = 0; i < 70; i++) {
            add("x".repeat(65_536));
        }
        add("\nnext\n");

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).endsWith("x|cut").hasSizeBetween(LineSplitter.LONGEST, LineSplitter.LONGEST * 2);
        assertThat(lines.get(1)).isEqualTo("next");
    }

    @Test
    void aLongLineInOnePartIsCutAsWell() {
        add("y".repeat(3 << 20) + "\nz\n");

        assertThat(lines.get(0)).endsWith("y|cut");
        assertThat(lines.get(1)).isEqualTo("z");
    }
}
