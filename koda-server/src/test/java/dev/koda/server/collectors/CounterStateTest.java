package dev.koda.server.collectors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CounterStateTest {
    private static final long LATEST = CounterState.LATEST.toMillis();
    private static final long SPAN = CounterState.SPAN;

    @Test
    void rowsAreCountedForGoodWhenNoneCanComeBetweenThemAnyMore() {
        var begun = CounterState.startingAt(100, 0);
        var marked = begun.seen(150, 1_000);

        assertThat(begun.closedTo(LATEST)).isEqualTo(100);
        assertThat(marked.closedTo(1_000)).isEqualTo(100);
        assertThat(marked.seen(180, 1_000 + LATEST - 1).closedTo(1_000 + LATEST - 1))
                .isEqualTo(100);
        assertThat(marked.seen(180, 1_000 + LATEST).closedTo(1_000 + LATEST)).isEqualTo(150);
    }

    @Test
    void whatIsNotCountedForGoodIsShown() {
        var marked = CounterState.startingAt(100, 0).seen(150, 1_000);

        assertThat(marked.shownTo(170)).isEqualTo(170);
        assertThat(marked.shownTo(100 + 2 * SPAN)).isEqualTo(100 + SPAN);
    }

    @Test
    void aNewMarkIsMadeOnlyWhenTheLastOneIsReached() {
        var marked = CounterState.startingAt(100, 0).seen(150, 1_000).seen(160, 2_000);
        assertThat(marked.markedTo()).isEqualTo(150);

        var counted = marked.counted(150, Amounts.none()).seen(160, 3_000);
        assertThat(counted.markedTo()).isEqualTo(160);
        assertThat(counted.markedMillis()).isEqualTo(3_000);
    }

    @Test
    void aBacklogIsCountedStepByStep() {
        var marked = CounterState.startingAt(0, 0).seen(3 * SPAN, 0);
        long later = LATEST;

        assertThat(marked.closedTo(later)).isEqualTo(SPAN);
        assertThat(marked.counted(SPAN, Amounts.none()).closedTo(later)).isEqualTo(2 * SPAN);
    }

    @Test
    void aTableThatIsShorterThanBeforeBeginsAnew() {
        var state = CounterState.startingAt(500, 0).seen(20, 5_000);

        assertThat(state.countedTo()).isEqualTo(20);
        assertThat(state.closedTo(5_000 + LATEST)).isEqualTo(20);
    }
}
