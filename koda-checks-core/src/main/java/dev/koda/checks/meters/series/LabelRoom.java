package dev.koda.checks.meters.series;

import static dev.koda.checks.meters.CatalogLabel.OTHER;

import dev.koda.checks.meters.CatalogMetric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the labels of one metric may say, and what its open ones have said so far. Not thread-safe. */
final class LabelRoom {
    private static final int LONGEST = 64;

    private final CatalogMetric metric;
    private final List<Set<String>> known = new ArrayList<>();

    LabelRoom(CatalogMetric metric) {
        this.metric = metric;
        metric.labels().forEach(label -> known.add(new HashSet<>(label.values())));
    }

    CatalogMetric metric() {
        return metric;
    }

    /** The values with {@code other} in the place of each that is not declared, has no room or is no plain word. */
    List<String> fit(List<String> values) {
        var fitting = new ArrayList<String>(values.size());
        for (int i = 0; i < values.size(); i++) {
            fitting.add(fits(i, values.get(i)) ? values.get(i) : OTHER);
        }
        return List.copyOf(fitting);
    }

    private boolean fits(int index, String value) {
        var label = metric.labels().get(index);
        var seen = known.get(index);
        return seen.contains(value) || (label.isOpen() && seen.size() < label.most() && isPlain(value));
    }

    /** Remembers the values of a set that is shown. */
    void keep(List<String> fitting) {
        for (int i = 0; i < fitting.size(); i++) {
            if (!fitting.get(i).equals(OTHER)) {
                known.get(i).add(fitting.get(i));
            }
        }
    }

    /** The set with {@code other} for all open labels. */
    List<String> folded(List<String> fitting) {
        var folded = new ArrayList<String>(fitting.size());
        for (int i = 0; i < fitting.size(); i++) {
            folded.add(metric.labels().get(i).isOpen() ? OTHER : fitting.get(i));
        }
        return List.copyOf(folded);
    }

    /** The set that always has room. */
    List<String> last() {
        return List.copyOf(Collections.nCopies(metric.labels().size(), OTHER));
    }

    void requireCount(int values) {
        if (values != metric.labels().size()) {
            throw new IllegalArgumentException(metric.name() + " has the labels " + metric.labelNames()
                    + ", so it takes " + metric.labels().size() + " values, not " + values);
        }
    }

    private static boolean isPlain(String value) {
        if (value.isEmpty() || value.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean isLetterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!isLetterOrDigit && "_.:/-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
