package dev.koda.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordScanTest {
    private static final int ROUNDS = 20_000;

    @Test
    void findsWordsInsideOneAnotherWhateverTheirCase() {
        var scan = scan(List.of(word("she", 1), word("he", 2), word("hers", 4), word("Us", 8)));

        assertThat(scan.in("xSHErs")).isEqualTo(1 | 2 | 4);
        assertThat(scan.in("hors, h e, u s")).isZero();
        assertThat(scan.in("US")).isEqualTo(8);
        assertThat(scan(List.of()).in("anything")).isZero();
        assertThat(scan).hasToString("scan of 4 words");
    }

    private static WordScan scan(List<WordScan.Word> words) {
        return new WordScan(words, 0, (text, end) -> true);
    }

    @Test
    void asksForACloserLookUntilAWordCounts() {
        var scan = new WordScan(List.of(word("key", 1), word("x", 2)), 1, (text, end) -> text.startsWith("=", end));

        assertThat(scan.in("x keys key key=1 key=2")).isEqualTo(3);
        assertThat(scan.in("x keys key")).isEqualTo(2);
        assertThat(scan.in("key")).isZero();
    }

    private static WordScan.Word word(String text, long bit) {
        return new WordScan.Word(text, bit);
    }

    @Test
    void takesOneCharacterBeyondAsciiForAnother() {
        var scan = scan(List.of(word("stra\u00dfe", 1)));

        assertThat(scan.in("die Stra\u00dfe")).isEqualTo(1);
        assertThat(scan.in("die Stra\u4e16e")).as("to err on this side is safe").isEqualTo(1);
        assertThat(scan.in("die Strasse")).isZero();
    }

    /** Random words over a small alphabet, so that many overlap: exactly what {@code contains} finds. */
    @Test
    void findsWhatContainsFinds() {
        var random = new Random(7);
        for (int round = 0; round < ROUNDS / 100; round++) {
            var words = new ArrayList<WordScan.Word>();
            for (int i = 0; i < 12; i++) {
                words.add(word(letters(random, 1 + random.nextInt(5)), 1L << i));
            }
            var scan = scan(words);
            for (int i = 0; i < 100; i++) {
                var text = letters(random, random.nextInt(20));
                long expected = words.stream()
                        .filter(word -> text.toLowerCase(Locale.ROOT)
                                .contains(word.text().toLowerCase(Locale.ROOT)))
                        .mapToLong(WordScan.Word::bit)
                        .reduce(0, (a, b) -> a | b);
                assertThat(scan.in(text)).as("%s in %s", words, text).isEqualTo(expected);
            }
        }
    }

    private static String letters(Random random, int length) {
        var text = new StringBuilder();
        random.ints(length, 0, 6).forEach(letter -> text.append("abcABC".charAt(letter)));
        return text.toString();
    }

    /** The scan only spares work: without it the answer is the same. */
    @Test
    void aRedactorMissesNothingThatThePatternsFind() {
        var random = new Random(11);
        var redactor = Redactor.of(() -> Set.of("correct-horse", "p\u00e4ss"));
        var parts = List.of(
                "password",
                "=",
                ":",
                "\"",
                "'",
                " ",
                "://",
                "u",
                "@",
                "h",
                "Bearer ",
                "abcdefgh12",
                "eyJ",
                "AKIA",
                "ABCDEFGHIJ123456",
                "-----BEGIN RSA PRIVATE KEY-----",
                "-----END RSA PRIVATE KEY-----",
                "correct-horse",
                "p\u00e4ss",
                "\\",
                "api-key",
                "TOKEN",
                "s",
                "_old",
                "-",
                "_",
                "12",
                "345",
                "new",
                "Previous",
                "key",
                "count",
                "\t",
                "http",
                "[REDACTED]",
                "basic ");
        for (int round = 0; round < ROUNDS; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                text.append(parts.get(random.nextInt(parts.size())));
            }
            var expected = text.toString();
            // As the redactor does it, without the scan.
            for (var form : List.of("correct-horse", "p\u00e4ss")) {
                expected = expected.replace(form, Redactor.MASK);
            }
            assertThat(redactor.redact(text.toString())).isEqualTo(SecretShapes.redact(expected, -1));
        }
    }
}
