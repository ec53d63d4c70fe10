package dev.koda.checks;

/** A suite or glob that selects nothing: a typo must never look like a healthy system. */
public final class SelectionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** True if the message begins with the word of the selection that matches nothing. */
    private final boolean isOfWord;

    public SelectionException(String message) {
        this(message, false);
    }

    private SelectionException(String message, boolean isOfWord) {
        super(message);
        this.isOfWord = isOfWord;
    }

    /**
     * A word of a selection that matches nothing.
     *
     * @param word {@code only} or {@code skip}
     * @param problem what is wrong with it; the message is both
     */
    public static SelectionException of(String word, String problem) {
        return new SelectionException(word + " " + problem, true);
    }

    /** The same with a message that was cleaned. */
    public SelectionException withMessage(String clean) {
        return new SelectionException(clean, isOfWord);
    }

    /** The message as a command line says it: {@code --only 'nope.*' matches no check}. */
    public String asOption() {
        return (isOfWord ? "--" : "") + getMessage();
    }
}
