package dev.koda.checks.settings;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .env} file in Docker Compose's grammar
 * (<a href="https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/">its rules</a>).
 *
 * <ul>
 *   <li>{@code NAME=value} or {@code NAME: value}, with or without {@code export} before it; blank lines and lines that
 *       begin with {@code #} are nothing. A line with a name alone takes the value of the process environment.
 *   <li>An unquoted value ends with its line or before a {@code #} that follows a space; blanks around it are dropped.
 *   <li>In single quotes everything stands for itself but {@code \'}. In double quotes {@code \n \r \t \a \b \f \v \\ \"
 *       \$} and octal {@code \0nnn} are escapes. Both may span lines; after the closing quote only a comment may follow.
 *   <li>Variables as in {@link Interpolation} are put in, but for single quotes: from the process environment first,
 *       then from the lines above.
 * </ul>
 *
 * <p>Immutable. Never prints a value.
 */
public final class EnvFile {
    private final Path file;
    private final Map<String, Entry> entries;
    private final List<SettingsNotice> notices;

    EnvFile(Path file, Map<String, Entry> entries, List<SettingsNotice> notices) {
        this.file = file;
        this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        this.notices = List.copyOf(notices);
    }

    /**
     * A name with its value.
     *
     * @param name letters, digits and {@code _ . - [ ]}
     * @param value without quotes, variables put in; may be empty
     * @param line where the name begins, 1 for the first line
     * @param column where the name begins, 1 for the first character
     */
    public record Entry(String name, String value, int line, int column) {
        public Entry {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
        }

        /** Name and place; never the value. */
        @Override
        public String toString() {
            return name + " in line " + line;
        }
    }

    /**
     * Reads a file; blocks.
     *
     * @param environment the process environment, for variables in values: null for a name that is not set
     * @throws SettingsException if it cannot be read or is not of the grammar, with every problem of the file
     */
    public static EnvFile read(Path file, Function<String, @Nullable String> environment) {
        return new EnvParser(SourceText.read(file), environment).parse();
    }

    /**
     * The same for bytes that are at hand.
     *
     * @param file how problems name it
     * @throws SettingsException if they are not of the grammar, with every problem
     */
    public static EnvFile parse(Path file, byte[] bytes, Function<String, @Nullable String> environment) {
        return new EnvParser(SourceText.of(file, bytes), environment).parse();
    }

    /** The file it was read from. */
    public Path file() {
        return file;
    }

    /** The entries by name, in the order of the file; of a name set twice the last. Unmodifiable. */
    public Map<String, Entry> entries() {
        return entries;
    }

    /** The value of a name; empty if the file does not set it. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::value);
    }

    /** What is odd but usable; unmodifiable. */
    public List<SettingsNotice> notices() {
        return notices;
    }

    @Override
    public String toString() {
        return file + " (" + entries.size() + " names)";
    }
}
