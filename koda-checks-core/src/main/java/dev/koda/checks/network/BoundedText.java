package dev.koda.checks.network;

/** A text that a pattern may look at so often and no more: some patterns take ages for a text that does not match. */
final class BoundedText implements CharSequence {
    /** Tens of milliseconds; a pattern without nested repetitions needs a fraction of it for the longest body. */
    private static final int MOST_STEPS = 5_000_000;

    private final String text;
    private int steps;

    BoundedText(String text) {
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        if (++steps > MOST_STEPS) {
            throw new TooManyStepsException();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    /** It was too often. */
    static final class TooManyStepsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyStepsException() {
            super("too many steps", null, false, false);
        }
    }
}
