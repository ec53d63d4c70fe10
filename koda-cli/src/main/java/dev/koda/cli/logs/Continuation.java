package dev.koda.cli.logs;

import java.util.regex.Pattern;

/** Tells which lines belong to the one before: those of a stack trace, and what is indented. One for each log. */
final class Continuation {
    private static final Pattern BEGIN = Pattern.compile("Caused by: |Suppressed: |\\.\\.\\. \\d+ (?:more|common)|"
            + "Traceback \\(most recent call last\\):|During handling of the above|The above exception was|"
            + "[)}\\]]{1,3}[,;]?$|goroutine \\d+ \\[|stack backtrace:");
    private static final Pattern PYTHON_END = Pattern.compile("[A-Za-z_][\\w.]*+(?::.*+)?$");

    private boolean isInTraceback;

    /** Next.js puts a blank and a symbol before what it says. */
    private static boolean hasMark(String text) {
        int type = text.length() > 1 && text.charAt(1) > '~' ? Character.getType(text.charAt(1)) : 0;
        return type == Character.OTHER_SYMBOL || type == Character.MATH_SYMBOL;
    }

    /** True if it belongs to the line before; to be asked of every line of the log, in its order. */
    boolean continues(String text) {
        if (text.isEmpty() || text.charAt(0) == '\t' || (text.charAt(0) == ' ' && !hasMark(text))) {
            return true;
        }
        if (text.charAt(0) == '{') {
            isInTraceback = false;
            return false;
        }
        if (BEGIN.matcher(text).lookingAt()) {
            isInTraceback = text.startsWith("Traceback") || isInTraceback;
            return true;
        }
        // A traceback of Python ends with the exception, which is not indented.
        boolean isEnd = isInTraceback && PYTHON_END.matcher(text).matches();
        isInTraceback = false;
        return isEnd;
    }
}
