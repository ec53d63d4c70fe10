package dev.koda.checks;

/** The closed set of answers, from best to worst: a check, a result and a report all use it. */
public enum Status {
    /** Everything that was asked for is as it should be. */
    PASS("pass"),
    /** Works, but somebody should look: the limit that fails is not reached, or the answer is not known. */
    WARN("warn"),
    /** Does not work. */
    FAIL("fail");

    private final String wireName;

    Status(String wireName) {
        this.wireName = wireName;
    }

    /** The lower-case word of JSON, metrics and text: {@code pass}, {@code warn} or {@code fail}. */
    public String wireName() {
        return wireName;
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
