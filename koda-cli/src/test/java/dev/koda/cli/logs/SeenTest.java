package dev.koda.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeenTest {
    private static final long SECOND = 1_000_000_000;

    private final Seen seen = new Seen();

    private boolean add(long stamp, String text) {
        return seen.add(stamp, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void linesThatAreEqualAreTakenAsOftenAsTheyWereWritten() {
        assertThat(add(5, "a")).isTrue();
        assertThat(add(5, "a")).isTrue();
        assertThat(seen.reopen()).isEqualTo(5);

        assertThat(add(5, "a")).isFalse();
        assertThat(add(5, "a")).isFalse();
        assertThat(add(5, "a")).as("a third one is new").isTrue();
        assertThat(add(5, "b")).isTrue();
        assertThat(add(6, "a")).isTrue();
    }

    @Test
    void whatWasBeforeTheFirstLineIsNotAskedFor() {
        add(100 * SECOND, "a");
        add(100 * SECOND + 1, "b");

        assertThat(seen.reopen()).isEqualTo(100 * SECOND);
    }

    @Test
    void goesBackALittleButNeverToWhatItHasForgotten() {
        add(1, "first");
        add(100 * SECOND, "b");
        assertThat(seen.reopen()).isEqualTo(99 * SECOND);
        for (int i = 1; i <= 5000; i++) {
            add(100 * SECOND + i, "line");
        }

        assertThat(seen.reopen()).isEqualTo(100 * SECOND + 5000 - 4096 + 1);
    }

    /** A log that is cut off at random places, and opened again from where we ask: nothing is lost, nothing comes twice. */
    @Test
    void anInterruptedLogIsWhole() {
        var random = new Random(5);
        for (int round = 0; round < 100; round++) {
            var log = new ArrayList<Long>();
            long stamp = 0;
            for (int i = 0; i < 2000; i++) {
                stamp += SECOND / 100 * random.nextInt(3) * random.nextInt(2);
                log.add(stamp);
            }
            assertThat(readInParts(log, random)).isEqualTo(log);
        }
    }

    private static List<Long> readInParts(List<Long> log, Random random) {
        var fresh = new Seen();
        var read = new ArrayList<Long>();
        int end = 0;
        while (end < log.size()) {
            long since = fresh.isEmpty() ? Long.MIN_VALUE : fresh.reopen();
            end = Math.min(log.size(), end + random.nextInt(400));
            for (int i = 0; i < end; i++) {
                // Every other text is the same, so that equal lines are frequent.
                var text = ("t" + i % 2).getBytes(StandardCharsets.UTF_8);
                if (log.get(i) >= since && fresh.add(log.get(i), text)) {
                    read.add(log.get(i));
                }
            }
        }
        return read;
    }
}
