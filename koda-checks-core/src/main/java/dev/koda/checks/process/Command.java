package dev.koda.checks.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A program with its arguments, which reach it as they are: no shell reads them. Immutable; printing it shows the program
 * alone, because a secret may be among the arguments.
 */
public final class Command {
    /** Where a program without a path is looked for, and what the program gets as {@code PATH}. */
    public static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final List<String> words;
    private final Map<String, String> environment;

    private Command(List<String> words, Map<String, String> environment) {
        this.words = List.copyOf(words);
        this.environment = Map.copyOf(environment);
    }

    /**
     * A command whose environment is {@value #PATH} as {@code PATH}, {@code LANG} and {@code LC_ALL} as {@code C.UTF-8},
     * and nothing else.
     *
     * @param words the program and its arguments; the program with an absolute path, or a name to be found in
     *     {@link #PATH}
     * @throws IllegalArgumentException if there is none, or one of them holds a NUL
     */
    public static Command of(List<String> words) {
        boolean isUsable = !words.isEmpty()
                && !words.get(0).isBlank()
                && words.stream().noneMatch(word -> word.indexOf('\0') >= 0);
        if (!isUsable) {
            throw new IllegalArgumentException("a command needs a program, and no NUL in it");
        }
        return new Command(words, Map.of("PATH", PATH, "LANG", "C.UTF-8", "LC_ALL", "C.UTF-8"));
    }

    /** The same with one more variable in its environment. */
    public Command with(String name, String value) {
        var more = new LinkedHashMap<>(environment);
        more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return new Command(words, more);
    }

    /** The program as it was named. */
    public String program() {
        return words.get(0);
    }

    List<String> arguments() {
        return words.subList(1, words.size());
    }

    Map<String, String> environment() {
        return environment;
    }

    @Override
    public String toString() {
        return program();
    }
}
