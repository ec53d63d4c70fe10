package dev.koda.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A line for a POSIX shell, quoted so that copying it runs exactly these words. Immutable.
 *
 * <pre>{@code
 * CommandLine.of("curl", "-sS", "-i").word("--max-time", "5").word("-H").variable("Authorization: Bearer ", "TOKEN").word(url)
 * }</pre>
 */
public final class CommandLine {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final List<String> words;

    private CommandLine(List<String> words) {
        this.words = List.copyOf(words);
    }

    /** A line of a program and its first words. */
    public static CommandLine of(String program, String... words) {
        return new CommandLine(List.of()).word(program).word(words);
    }

    /** The same with more words, each quoted if a shell would read it otherwise. */
    public CommandLine word(String... more) {
        var all = new ArrayList<>(words);
        for (var word : more) {
            all.add(quoted(word));
        }
        return new CommandLine(all);
    }

    /**
     * The same with a word that ends with the value of a shell variable: how a secret gets into the line.
     *
     * @param before what stands before the value, may be empty
     * @throws IllegalArgumentException if this is no name of a variable
     */
    public CommandLine variable(String before, String name) {
        if (!VARIABLE.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not the name of a shell variable");
        }
        var all = new ArrayList<>(words);
        all.add('"' + escaped(before) + "${" + name + "}\"");
        return new CommandLine(all);
    }

    /** The same with text that the shell reads as it stands, such as {@code </dev/null}. */
    public CommandLine shell(String text) {
        var all = new ArrayList<>(words);
        all.add(text);
        return new CommandLine(all);
    }

    private static String quoted(String word) {
        Objects.requireNonNull(word, "word");
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static String escaped(String text) {
        return text.replaceAll("([\\\\\"$`])", "\\\\$1");
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
