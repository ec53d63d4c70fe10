package dev.koda.cli.proposal;

import dev.koda.checks.Category;
import dev.koda.checks.CheckId;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Gives ids to checks: of the form that koda.yaml wants, each once. */
public final class CheckIds {
    /** Room for a number behind it, which keeps an id below 63 characters. */
    private static final int LONGEST = 58;

    private final Set<String> taken;

    /**
     * @param taken ids that are given already
     */
    public CheckIds(Set<String> taken) {
        this.taken = new HashSet<>(taken);
    }

    /** The id of a group and a name, which may be any text; a number is added if that one is taken. */
    public String next(String group, String name) {
        var first = shortened(group + "." + slug(name));
        var id = first;
        for (int number = 2; !taken.add(id); number++) {
            id = first + "-" + number;
        }
        return id;
    }

    /** The same for a text with dots, such as the name of a host: {@code billing.example.com}. */
    public String next(String dotted) {
        var word = dotted.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1)[0];
        var rest = slug(dotted.substring(Math.min(dotted.length(), word.length())));
        boolean isGroup = word.matches("[a-z][a-z0-9]*") && !rest.equals("x") && !isBuiltIn(word);
        return isGroup ? next(word, rest) : next("custom", dotted);
    }

    private static boolean isBuiltIn(String group) {
        return Category.of(CheckId.of(group + ".x")) != Category.CUSTOM;
    }

    private static String slug(String name) {
        var slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return slug.isEmpty() ? "x" : slug;
    }

    private static String shortened(String id) {
        return id.length() <= LONGEST ? id : id.substring(0, LONGEST).replaceAll("-$", "");
    }
}
