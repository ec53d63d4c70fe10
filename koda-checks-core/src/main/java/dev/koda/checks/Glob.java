package dev.koda.checks;

import java.util.Objects;

/**
 * A pattern over check ids: {@code *} stands for any characters, held against the name and the name with instance.
 *
 * @param text such as {@code postgres.*}
 */
public record Glob(String text) {
    public Glob {
        Objects.requireNonNull(text, "text");
    }

    /** True if it stands for this id. */
    public boolean matches(CheckId id) {
        return matches(id.name()) || (id.instance() != null && matches(id.toString()));
    }

    /** Linear in both lengths, whatever the pattern: on a mismatch only the last star moves on. */
    private boolean matches(String name) {
        int at = 0;
        int next = 0;
        int star = -1;
        int resume = 0;
        while (at < name.length()) {
            if (next < text.length() && text.charAt(next) == '*') {
                star = next++;
                resume = at;
            } else if (next < text.length() && text.charAt(next) == name.charAt(at)) {
                next++;
                at++;
            } else if (star >= 0) {
                next = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (next < text.length() && text.charAt(next) == '*') {
            next++;
        }
        return next == text.length();
    }
}
