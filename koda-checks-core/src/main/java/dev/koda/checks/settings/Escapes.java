package dev.koda.checks.settings;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The escapes of a double-quoted value; a backslash before anything else stands for itself. */
final class Escapes {
    private static final Pattern ESCAPE = Pattern.compile("\\\\([abfnrtv$\"\\\\]|0[0-7]{0,3})");

    private Escapes() {}

    /** The text with its escapes resolved; an escaped dollar sign becomes {@code $$}, which interpolation reads as one. */
    static String expand(String text) {
        return text.indexOf('\\') < 0
                ? text
                : ESCAPE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(resolve(match)));
    }

    private static String resolve(MatchResult match) {
        var code = match.group(1);
        return switch (code.charAt(0)) {
            case 'a' -> "\u0007";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'v' -> "\u000B";
            case '$' -> "$$";
            case '0' -> String.valueOf((char) Integer.parseInt(code, 8));
            default -> code;
        };
    }
}
