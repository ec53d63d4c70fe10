package dev.koda.cli.logs;

/** Why a log cannot be read, in one sentence for people; it holds no secret. */
public final class LogsException extends Exception {
    private static final long serialVersionUID = 1L;

    LogsException(String sentence) {
        super(sentence, null, false, false);
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
