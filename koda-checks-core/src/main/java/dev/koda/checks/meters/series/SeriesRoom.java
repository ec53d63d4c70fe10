package dev.koda.checks.meters.series;

import dev.koda.checks.meters.CatalogLabel;
import dev.koda.checks.meters.CatalogMetric;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The sets of label values that one metric shows: each takes its room from the budget. Not thread-safe. */
final class SeriesRoom {
    private final LabelRoom labels;
    private final SeriesBudget budget;
    private final int most;
    private final Set<List<String>> sets = new HashSet<>();
    private int taken;

    SeriesRoom(LabelRoom labels, SeriesBudget budget, int most) {
        this.labels = labels;
        this.budget = budget;
        this.most = most;
    }

    CatalogMetric metric() {
        return labels.metric();
    }

    /**
     * The set that stands for these values: they themselves if they are declared and have room, else with {@code other}
     * for what does not.
     */
    List<String> place(List<String> values) {
        labels.requireCount(values.size());
        var fitting = labels.fit(values);
        if (sets.contains(fitting)) {
            return fitting;
        }
        var last = labels.last();
        if (fitting.equals(last)) {
            return last;
        }
        boolean isFolded = fitting.contains(CatalogLabel.OTHER);
        if (take(isFolded)) {
            sets.add(fitting);
            labels.keep(fitting);
            return fitting;
        }
        var folded = labels.folded(fitting);
        if (sets.contains(folded) || folded.equals(last)) {
            return folded;
        }
        if (take(true)) {
            sets.add(folded);
            return folded;
        }
        return last;
    }

    private boolean take(boolean isFolded) {
        int samples = metric().samplesPerSet();
        if (taken + samples > most || !budget.take(samples, isFolded)) {
            return false;
        }
        taken += samples;
        return true;
    }

    /** Gives all of it back. */
    void clear() {
        budget.giveBack(taken);
        taken = 0;
        sets.clear();
    }
}
