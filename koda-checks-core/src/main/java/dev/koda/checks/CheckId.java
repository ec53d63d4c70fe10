package dev.koda.checks;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The stable name of a check: {@code group.kebab-case}, with the target as {@code instance} where one check looks at
 * several. Prints as {@code disk.space[STATE_ROOT_DIR]}.
 *
 * @param name lower-case words joined by dots and dashes, two dotted parts at least, at most 63 characters
 * @param instance what the check looks at, printable and at most 200 characters, or null where there is only one
 */
public record CheckId(String name, @Nullable String instance) implements Comparable<CheckId> {
    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_INSTANCE = 200;

    /** No id has more characters than this when it is printed. */
    public static final int LONGEST = LONGEST_NAME + "[]".length() + LONGEST_INSTANCE;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+");
    private static final Pattern INSTANCE = Pattern.compile("[^\\p{Cntrl}\\[\\]]{1," + LONGEST_INSTANCE + "}");

    public CheckId {
        Objects.requireNonNull(name, "name");
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("check id '" + name + "' is not of the form group.kebab-case");
        }
        if (instance != null && !INSTANCE.matcher(instance).matches()) {
            throw new IllegalArgumentException(
                    "instance of " + name + " must be 1 to " + LONGEST_INSTANCE + " printable characters but []");
        }
    }

    /**
     * An id without an instance.
     *
     * @throws IllegalArgumentException if {@code name} is not of the form {@code group.kebab-case}
     */
    public static CheckId of(String name) {
        return new CheckId(name, null);
    }

    /** What stands before the first dot, such as {@code postgres}. */
    public String group() {
        return name.substring(0, name.indexOf('.'));
    }

    /** The heading of this id in {@code docs/checks.md}: {@code disk.space} has {@code disk-space}. */
    public String anchor() {
        return name.replace('.', '-');
    }

    /** The id as a word of a readiness body: {@code disk.space} is {@code disk_space}. */
    public String snakeCase() {
        return name.replace('.', '_').replace('-', '_').toLowerCase(Locale.ROOT);
    }

    /** True if {@code dependsOn(other)} means this check: the same id, or the same name where no instance is given. */
    public boolean isCoveredBy(CheckId other) {
        return name.equals(other.name) && (other.instance == null || other.instance.equals(instance));
    }

    @Override
    public int compareTo(CheckId other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return instance == null ? name : name + "[" + instance + "]";
    }
}
