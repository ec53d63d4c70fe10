package dev.koda.checks.engine;

import dev.koda.checks.Outcome;
import dev.koda.checks.Redactor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the texts of an outcome fit to be shown: without secrets, on one line, at most 300 characters. */
final class Texts {
    static final int LONGEST = 300;

    /** Better no text than one that nobody has looked at. */
    private static final String UNSEEN = "(a text is not shown: looking for secrets in it failed)";

    private final Redactor redactor;

    Texts(Redactor redactor) {
        this.redactor = redactor;
    }

    /** The clean outcome, and the texts it was made from: the next outcome with equal ones needs no second look. */
    record Cleaned(String message, @Nullable String hint, Outcome outcome) {
        boolean isFor(Outcome next) {
            return message.equals(next.message()) && Objects.equals(hint, next.hint());
        }
    }

    Cleaned clean(Outcome outcome, @Nullable Cleaned last) {
        if (last != null && last.isFor(outcome)) {
            return reuse(outcome, last);
        }
        var hint = outcome.hint();
        return new Cleaned(
                outcome.message(),
                hint,
                withTexts(outcome, clean(outcome.message()), hint == null ? null : clean(hint)));
    }

    private static Cleaned reuse(Outcome outcome, Cleaned last) {
        if (outcome == last.outcome) {
            return last;
        }
        var clean = withTexts(outcome, last.outcome.message(), last.outcome.hint());
        return clean == last.outcome ? last : new Cleaned(last.message, last.hint, clean);
    }

    private static Outcome withTexts(Outcome outcome, String message, @Nullable String hint) {
        boolean isClean = message.equals(outcome.message()) && Objects.equals(hint, outcome.hint());
        return isClean ? outcome : outcome.withTexts(message, hint);
    }

    String clean(String text) {
        try {
            return oneLine(redactor.redact(text));
        } catch (RuntimeException | StackOverflowError thrown) {
            return UNSEEN;
        }
    }

    boolean isWithoutSecrets(String text) {
        try {
            return redactor.redact(text).equals(text);
        } catch (RuntimeException | StackOverflowError thrown) {
            return false;
        }
    }

    /** Control characters and lone surrogates become blanks, runs of blanks one, and what is too long is cut. */
    static String oneLine(String text) {
        if (isPlain(text)) {
            return text;
        }
        var line = new StringBuilder(Math.min(text.length(), LONGEST + 1));
        boolean wasBlank = true;
        for (int i = 0; i < text.length() && line.length() <= LONGEST; ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            boolean isBlank = isBlank(point);
            if (!isBlank) {
                line.appendCodePoint(point);
            } else if (!wasBlank) {
                line.append(' ');
            }
            wasBlank = isBlank;
        }
        return cut(line.toString().strip());
    }

    private static boolean isPlain(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(int point) {
        int type = Character.getType(point);
        return Character.isWhitespace(point)
                || type == Character.CONTROL
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.FORMAT;
    }

    private static String cut(String line) {
        if (line.length() <= LONGEST) {
            return line.isEmpty() ? "(no text)" : line;
        }
        int end = LONGEST - 1;
        if (Character.isHighSurrogate(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(0, end) + "…";
    }
}
