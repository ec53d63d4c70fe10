package dev.koda.cli.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A check for a koda.yaml, before it stands there.
 *
 * @param id of the form {@code group.kebab-case}
 * @param title a few words for a table, or null
 * @param kind the key of what it asks, such as {@code http}
 * @param asked the keys under it with texts, numbers, lists or maps; texts as koda.yaml writes them, with variables
 * @param timeout such as {@code 2s}, or null for that of the kind
 * @param comments lines for people
 */
public record ProposedCheck(
        String id,
        @Nullable String title,
        String kind,
        Map<String, Object> asked,
        @Nullable String timeout,
        List<String> comments) {
    public ProposedCheck {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        comments = List.copyOf(comments);
    }

    /** The same with another id. */
    public ProposedCheck withId(String other) {
        return new ProposedCheck(other, title, kind, asked, timeout, comments);
    }

    /** The same with another time-out. */
    public ProposedCheck withTimeout(String other) {
        return new ProposedCheck(id, title, kind, asked, other, comments);
    }

    /** The same with other keys under its kind. */
    public ProposedCheck asking(Map<String, Object> other) {
        return new ProposedCheck(id, title, kind, other, timeout, comments);
    }

    /** The same with one more line for people. */
    public ProposedCheck comment(String line) {
        var more = new ArrayList<>(comments);
        more.add(line);
        return new ProposedCheck(id, title, kind, asked, timeout, more);
    }

    /** Its lines as an item of the list {@code checks}, not indented. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        comments.forEach(comment -> lines.add("# " + YamlWords.comment(comment)));
        lines.add("- id: " + YamlWords.of(id));
        if (title != null) {
            lines.add("  title: " + YamlWords.sentence(YamlWords.literal(title)));
        }
        lines.add("  " + kind + ": " + YamlWords.of(asked));
        if (timeout != null) {
            lines.add("  timeout: " + YamlWords.of(timeout));
        }
        return lines;
    }
}
