package dev.koda.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MergeTest {
    private static final long WINDOW = Merge.WINDOW.toNanos();

    private final Merge merge = new Merge(3);
    private final List<ArrayDeque<LogLine>> waiting =
            List.of(new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>());

    private static LogLine line(int source, long stamp, String text, boolean isLive, long arrival) {
        return new LogLine(source, stamp, text.getBytes(StandardCharsets.UTF_8), false, null, isLive, arrival);
    }

    private void give(int source, LogLine... lines) {
        var all = new ArrayDeque<>(List.of(lines));
        merge.lanes().get(source).swap(all);
    }

    private void live(int... sources) {
        for (int source : sources) {
            merge.lanes().get(source).isHistory = false;
        }
    }

    private String text(long now) {
        var line = merge.next(now);
        return line == null ? "-" : new String(line.text(), StandardCharsets.UTF_8);
    }

    @Test
    void waitsForTheHistoryOfEachLogHoweverLongItTakes() {
        give(0, line(0, 5, "a", false, 0));
        give(1, line(1, 1, "b", false, 0));

        assertThat(text(100 * WINDOW)).isEqualTo("-");
        assertThat(merge.waitNanos()).as("only a change can help").isEqualTo(Long.MAX_VALUE);
        give(2, line(2, 3, "c", false, 0));
        assertThat(text(0)).isEqualTo("b");
        assertThat(text(0)).as("its log may have another early one").isEqualTo("-");
        live(1);
        merge.lanes().get(1).isOver = true;
        assertThat(text(0)).isEqualTo("c");
        merge.lanes().get(2).isOver = true;
        assertThat(text(0)).isEqualTo("a");
        assertThat(merge.isOver()).isFalse();
        merge.lanes().get(0).isOver = true;
        assertThat(merge.isOver()).isTrue();
    }

    @Test
    void ofEqualStampsTheEarlierLogGoesFirstAndALogKeepsItsOrder() {
        give(2, line(2, 1, "c", false, 0));
        give(0, line(0, 1, "a", false, 0), line(0, 1, "b", false, 0), line(0, 0, "unsorted", false, 0));
        merge.lanes().get(1).isOver = true;

        assertThat(text(0)).isEqualTo("a");
        assertThat(text(0)).isEqualTo("b");
        assertThat(text(0)).isEqualTo("unsorted");
        assertThat(merge.isLate()).as("it is not late, its log is odd").isFalse();
        merge.lanes().get(0).isOver = true;
        assertThat(text(0)).isEqualTo("c");
    }

    /** Three logs of random lengths and stamps that often are equal, in batches of random sizes. */
    @Test
    void historyIsInExactOrder() {
        var random = new Random(3);
        for (int round = 0; round < 200; round++) {
            var expected = new ArrayList<LogLine>();
            for (int source = 0; source < 3; source++) {
                long stamp = 0;
                for (int i = random.nextInt(60); i > 0; i--) {
                    stamp += random.nextInt(3);
                    var line = line(source, stamp, source + "/" + i, false, 0);
                    waiting.get(source).add(line);
                    expected.add(line);
                }
            }
            expected.sort(Comparator.comparingLong(LogLine::stamp)); // stable: sources are in order
            assertThat(mergedInBatches(random)).containsExactlyElementsOf(expected);
        }
    }

    private List<LogLine> mergedInBatches(Random random) {
        var fresh = new Merge(3);
        var merged = new ArrayList<LogLine>();
        while (!fresh.isOver()) {
            for (int source = 0; source < 3; source++) {
                var lane = fresh.lanes().get(source);
                if (lane.isEmpty() && random.nextBoolean()) {
                    var batch = new ArrayDeque<LogLine>();
                    for (int i = random.nextInt(5);
                            i > 0 && !waiting.get(source).isEmpty();
                            i--) {
                        batch.add(waiting.get(source).remove());
                    }
                    lane.swap(batch);
                    lane.isOver = waiting.get(source).isEmpty();
                }
            }
            for (var line = fresh.next(0); line != null; line = fresh.next(0)) {
                merged.add(line);
            }
        }
        return merged;
    }

    @Test
    void aLiveLineWaitsForOthersAsLongAsTheWindow() {
        live(0, 1, 2);
        give(0, line(0, 10, "a", true, 1000));

        assertThat(text(1000)).isEqualTo("-");
        assertThat(merge.waitNanos()).isEqualTo(WINDOW);
        assertThat(text(1000 + WINDOW - 1)).isEqualTo("-");
        assertThat(merge.waitNanos()).isEqualTo(1);
        give(1, line(1, 9, "b", true, 900 + WINDOW));
        assertThat(text(1000 + WINDOW))
                .as("it is earlier, and the other one has waited")
                .isEqualTo("b");
        assertThat(text(1000 + WINDOW)).isEqualTo("a");
        assertThat(merge.isLate()).isFalse();
    }

    @Test
    void aLineThatIsCertainWaitsForNobody() {
        live(0, 1, 2);
        give(0, line(0, 10, "a", true, 0));
        give(1, line(1, 20, "b", true, 0), line(1, 30, "c", true, 0));
        give(2, line(2, 25, "d", true, 0));

        assertThat(text(0)).isEqualTo("a");
        assertThat(text(0)).as("the first log may have one of before 20").isEqualTo("-");
        give(0, line(0, 26, "e", true, 0));
        assertThat(List.of(text(0), text(0), text(0)))
                .as("the third log may have one of before 26")
                .containsExactly("b", "d", "-");
    }

    @Test
    void aLogThatIsFarAheadWaitsForNobody() {
        live(0, 1, 2);
        give(0, line(0, 10, "a", true, 0), line(0, 11, "b", true, 0));
        merge.lanes().get(0).isFull = true;

        assertThat(text(0) + text(0)).isEqualTo("ab");
    }

    @Test
    void whatComesAfterLaterLinesIsLate() {
        live(0, 1, 2);
        give(0, line(0, 10, "a", true, 0));
        assertThat(text(WINDOW)).isEqualTo("a");
        give(1, line(1, 9, "b", true, 0));

        assertThat(text(WINDOW)).isEqualTo("b");
        assertThat(merge.isLate()).isTrue();
        assertThat(Merge.WINDOW).isEqualTo(Duration.ofMillis(250));
    }
}
