package dev.koda.checks;

/** The closed set of answers, from best to worst: a check, a result and a report all use it. */
public enum Status {
    /** Everything that was asked for is as it should be. */
    PASS("pass", 2),
    /** Works, but somebody should look: the limit that fails is not reached, or the answer is not known. */
    WARN("warn", 1),
    /** Does not work. */
    FAIL("fail", 0);

    private final String wireName;
    private final int metricValue;

    Status(String wireName, int metricValue) {
        this.wireName = wireName;
        this.metricValue = metricValue;
    }

    /** The lower-case word of JSON, metrics and text: {@code pass}, {@code warn} or {@code fail}. */
    public String wireName() {
        return wireName;
    }

    /** The value of every status gauge: 0 fail, 1 warn, 2 pass. */
    public int metricValue() {
        return metricValue;
    }

    /** The worse of the two; associative, commutative and idempotent. */
    public Status worse(Status other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** True for everything but {@link #FAIL}: a warning still works. */
    public boolean isOk() {
        return this != FAIL;
    }
}
