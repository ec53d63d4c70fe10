package dev.koda.checks.meters.series;

import java.util.concurrent.atomic.AtomicLong;

/** One gauge with its label values. Thread-safe; recording allocates nothing and never waits. */
public final class GaugeSeries {
    private final AtomicLong bits = new AtomicLong();

    GaugeSeries() {}

    /** Shows this value from now on. */
    public void set(double value) {
        bits.set(Double.doubleToRawLongBits(value));
    }

    /** Moves the value, up or down. */
    public void add(double amount) {
        long before;
        do {
            before = bits.get();
        } while (!bits.compareAndSet(before, Double.doubleToRawLongBits(Double.longBitsToDouble(before) + amount)));
    }

    /** The value that is shown; 0 before the first was set. */
    public double value() {
        return Double.longBitsToDouble(bits.get());
    }
}
