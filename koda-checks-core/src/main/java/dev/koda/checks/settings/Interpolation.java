package dev.koda.checks.settings;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The variables in a value, as Docker Compose writes them: {@code $NAME}, {@code ${NAME}}, the defaults {@code :-} and
 * {@code -}, the demands {@code :?} and {@code ?}, the replacements {@code :+} and {@code +}, all of which may hold
 * variables again, and {@code $$} for a dollar sign.
 *
 * <p>Limits, so that no file can exhaust the process: 32 levels, and 4 Mi characters for all values of a file.
 */
final class Interpolation {
    private static final int DEEPEST = 32;
    private static final int LARGEST = 4 * 1024 * 1024;
    private static final List<String> OPERATORS = List.of(":-", ":?", ":+", "-", "?", "+");

    private final Function<String, @Nullable String> lookup;
    private final Consumer<String> unset;
    private int written;

    /**
     * @param lookup the value of a name, or null if it is not set
     * @param unset hears the names that were not set and had no default
     */
    Interpolation(Function<String, @Nullable String> lookup, Consumer<String> unset) {
        this.lookup = lookup;
        this.unset = unset;
    }

    /** What is wrong with a template, in words that hold no value. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String brief;

        MalformedException(String message) {
            this(message, message);
        }

        private MalformedException(String message, String brief) {
            super(message, null, false, false);
            this.brief = brief;
        }

        /** What is wrong, also without the names in the template if they may be pieces of a secret. */
        String about(boolean isSecret) {
            return isSecret ? brief : String.valueOf(getMessage());
        }
    }

    /**
     * What became of a template.
     *
     * @param text the whole
     * @param literal what of it stands in the template itself, the values of variables left out
     */
    record Expansion(String text, String literal) {
        /** Never the text. */
        @Override
        public String toString() {
            return text.length() + " characters";
        }
    }

    Expansion expand(String template) throws MalformedException {
        return new Reader(template, 0).read();
    }

    /** One pass over one template; a nested one is read by another reader. */
    private final class Reader {
        private final String template;
        private final int depth;
        private final StringBuilder result = new StringBuilder();
        private final StringBuilder literal = new StringBuilder();
        private int position;

        Reader(String template, int depth) {
            this.template = template;
            this.depth = depth;
        }

        Expansion read() throws MalformedException {
            if (depth > DEEPEST) {
                throw new MalformedException("variables are nested deeper than " + DEEPEST + " levels");
            }
            while (position < template.length()) {
                int dollar = template.indexOf('$', position);
                if (dollar < 0) {
                    append(template.substring(position));
                    break;
                }
                append(template.substring(position, dollar));
                position = dollar + 1;
                variable();
            }
            return new Expansion(result.toString(), literal.toString());
        }

        private void variable() throws MalformedException {
            char next = position < template.length() ? template.charAt(position) : ' ';
            if (next == '$') {
                position++;
                append("$");
            } else if (next == '{') {
                position++;
                braced();
            } else {
                var name = name();
                if (name.isEmpty()) {
                    throw new MalformedException("a '$' begins no variable; write '$$' for a dollar sign");
                }
                appendValue(valueOrNothing(name));
            }
        }

        private void braced() throws MalformedException {
            int end = closingBrace();
            var name = name();
            if (name.isEmpty()) {
                throw new MalformedException("'${' is not followed by a name of letters, digits and '_'");
            }
            var rest = template.substring(position, end);
            position = end + 1;
            if (rest.isEmpty()) {
                appendValue(valueOrNothing(name));
                return;
            }
            for (var operator : OPERATORS) {
                if (rest.startsWith(operator)) {
                    apply(name, operator, rest.substring(operator.length()));
                    return;
                }
            }
            throw new MalformedException(
                    "'${" + name + "' is followed by something other than '}', ':-', ':?' or ':+'",
                    "the name after '${' is followed by something other than '}', ':-', ':?' or ':+'");
        }

        private void apply(String name, String operator, String word) throws MalformedException {
            var value = lookup.apply(name);
            boolean isPresent = value != null && !(operator.startsWith(":") && value.isEmpty());
            boolean isReplaced = operator.endsWith("+");
            if (isPresent && value != null && !isReplaced) {
                appendValue(value);
            } else if (isPresent ? isReplaced : operator.endsWith("-")) {
                appendNested(word);
            } else if (operator.endsWith("?")) {
                throw new MalformedException(
                        "the variable " + name + " is required but " + (value == null ? "not set" : "empty")
                                + (word.isEmpty() ? "" : ": " + shortened(word)),
                        "a variable is required but " + (value == null ? "not set" : "empty"));
            }
        }

        private String shortened(String word) {
            var line = word.replaceAll("\\p{Cntrl}", " ");
            return line.length() <= 200 ? line : line.substring(0, 200) + "...";
        }

        private void appendNested(String word) throws MalformedException {
            var nested = new Reader(word, depth + 1).read();
            appendValue(nested.text());
            literal.append(nested.literal());
        }

        private String valueOrNothing(String name) {
            var value = lookup.apply(name);
            if (value == null) {
                unset.accept(name);
                return "";
            }
            return value;
        }

        private String name() {
            int start = position;
            while (position < template.length() && isNamePart(template.charAt(position), position > start)) {
                position++;
            }
            return template.substring(start, position);
        }

        private static boolean isNamePart(char c, boolean isInside) {
            return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (isInside && c >= '0' && c <= '9');
        }

        /** The brace that ends what begins here; inner variables have their own. */
        private int closingBrace() throws MalformedException {
            int open = 1;
            for (int i = position; i < template.length(); i++) {
                char c = template.charAt(i);
                if (c == '}' && --open == 0) {
                    return i;
                }
                if (c == '$' && i + 1 < template.length() && template.charAt(i + 1) == '{') {
                    open++;
                }
            }
            throw new MalformedException("'${' has no closing '}'");
        }

        private void append(String text) throws MalformedException {
            appendValue(text);
            literal.append(text);
        }

        private void appendValue(String text) throws MalformedException {
            written += text.length();
            if (written > LARGEST || written < 0) {
                throw new MalformedException("the values of the file expand to more than " + LARGEST + " characters");
            }
            result.append(text);
        }
    }
}
