package dev.koda.it;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an expression of Prometheus names. Whether it is one is for promtool to say. */
final class PromQl {
    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'");
    private static final Pattern NOT_METRICS = Pattern.compile(
            "\\{[^}]*}|\\[[^]]*]|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)|\\boffset\\s+\\w+");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.$])[a-zA-Z_:][\\w:]*+(?!\\s*\\()");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "inf", "nan");

    private PromQl() {}

    /** The names of metrics in it. */
    static Set<String> metrics(String expression) {
        var bare =
                NOT_METRICS.matcher(STRING.matcher(expression).replaceAll("S")).replaceAll(" ");
        return NAME.matcher(bare)
                .results()
                .map(found -> found.group())
                .filter(name -> !WORDS.contains(name) && !name.equals("S"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The expression of a dashboard with its variables in place, so that promtool can read it. */
    static String withoutVariables(String expression) {
        return expression
                .replace("$__rate_interval", "5m")
                .replace("$__range", "3h")
                .replaceAll("\\$(job|instance)", ".+");
    }
}
