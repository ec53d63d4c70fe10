package dev.koda.dashboard.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {
    private final Cursors cursors = Cursors.of(new byte[32]);

    @ParameterizedTest
    @ValueSource(strings = {"", "184467", "2026-11-28T10:00:00Z|ä€😀", "a\0b"})
    void aPlaceComesBackAsItWas(String place) {
        assertThat(cursors.read("audit", cursors.make("audit", place))).isEqualTo(place);
    }

    @Test
    void aCursorOfOtherFiltersIsNone() {
        var cursor = cursors.make("audit type=security.*", "1");

        refused("audit type=task.*", cursor);
        refused("incidents", cursor);
    }

    @Test
    void aCursorOfAnotherKeyIsNone() {
        refused("audit", Cursors.of("another key 4711".getBytes(UTF_8)).make("audit", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "AAAA", "MTIz", "=", "%00"})
    void anyOtherTextIsNone(String text) {
        refused("audit", text);
    }

    @Test
    void aMegabyteIsNone() {
        refused("audit", "A".repeat(1 << 20));
    }

    @Test
    void noChangedCharacterGoesUnnoticed() {
        var cursor = cursors.make("audit", "184467");
        var random = new Random(1);
        for (int i = 0; i < cursor.length(); i++) {
            var other = new StringBuilder(cursor);
            other.setCharAt(i, cursor.charAt(i) == 'A' ? 'B' : 'A');
            if (random.nextBoolean()) {
                other.append("AAAA");
            }
            refused("audit", other.toString());
        }
    }

    private void refused(String listing, String cursor) {
        assertThatThrownBy(() -> cursors.read(listing, cursor)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.problem().status()).isEqualTo(400);
            assertThat(refusal.problem().reason()).isEqualTo("invalid_cursor");
        });
    }
}
