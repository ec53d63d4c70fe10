package dev.koda.checks.meters;

import dev.koda.checks.meters.CatalogMetric.Source;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the lines of a catalogue, in their order: what a line names must stand above it. */
final class CatalogReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final int COLUMNS = 7;

    private final Map<String, CatalogLabel> labels = new HashMap<>();
    private final List<CatalogMetric> metrics = new ArrayList<>();
    private String family = "";

    List<CatalogMetric> read(String text) {
        int number = 0;
        for (var line : text.lines().toList()) {
            number++;
            try {
                take(line.strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + " of the catalogue: " + e.getMessage(), e);
            }
        }
        return metrics;
    }

    private void take(String line) {
        var words = line.split("\\s+", -1);
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (line.startsWith("[")) {
            family = name(line.replaceAll("[\\[\\]]", ""));
        } else if (words[0].equals("open") && words.length == 3) {
            labels.put(name(words[1]), new CatalogLabel(words[1], List.of(), Integer.parseInt(words[2])));
        } else if (words[0].equals("closed") && words.length > 2) {
            var values = List.of(words).subList(2, words.length);
            labels.put(name(words[1]), new CatalogLabel(words[1], values, values.size()));
        } else {
            metrics.add(metric(line.split("\\s*\\|\\s*", -1)));
        }
    }

    private CatalogMetric metric(String[] columns) {
        if (columns.length != COLUMNS || family.isEmpty()) {
            throw new IllegalArgumentException("a metric has " + COLUMNS + " columns and stands below its family");
        }
        return new CatalogMetric(
                name(columns[0]),
                CatalogMetric.Type.valueOf(columns[1].toUpperCase(Locale.ROOT)),
                columns[2],
                words(columns[3]).stream().map(this::label).toList(),
                words(columns[4]).stream().map(Double::valueOf).toList(),
                family,
                sources(columns[5]),
                columns[6]);
    }

    /** Its values may be declared under a name of their own: {@code status:job_status}. */
    private CatalogLabel label(String word) {
        var names = word.split(":", 2);
        var values = labels.get(names[names.length - 1]);
        if (values == null) {
            throw new IllegalArgumentException("the values of " + word + " are not declared");
        }
        return new CatalogLabel(name(names[0]), values.values(), values.most());
    }

    private static Set<Source> sources(String column) {
        var sources = EnumSet.noneOf(Source.class);
        words(column).forEach(word -> sources.add(Source.valueOf(word.toUpperCase(Locale.ROOT))));
        return sources;
    }

    private static List<String> words(String column) {
        return column.equals("-") ? List.of() : List.of(column.split("\\s+", -1));
    }

    private static String name(String word) {
        if (!NAME.matcher(word).matches()) {
            throw new IllegalArgumentException("'" + word + "' is no name");
        }
        return word;
    }
}
