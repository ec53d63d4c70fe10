package dev.koda.checks.meters.series;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** One counter with its label values. Thread-safe; recording allocates nothing and never waits. */
public final class CounterSeries {
    private final LongAdder whole = new LongAdder();
    private final DoubleAdder parts = new DoubleAdder();

    CounterSeries() {}

    /** Counts one. */
    public void increment() {
        whole.increment();
    }

    /** Counts several; a negative number counts nothing. */
    public void add(long number) {
        if (number > 0) {
            whole.add(number);
        }
    }

    /** Counts an amount, such as money; what is negative or no number counts nothing. */
    public void add(double amount) {
        if (amount > 0 && amount < Double.POSITIVE_INFINITY) {
            parts.add(amount);
        }
    }

    /** What was counted since it was made. */
    public double value() {
        return whole.sum() + parts.sum();
    }
}
