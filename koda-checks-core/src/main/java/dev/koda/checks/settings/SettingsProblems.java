package dev.koda.checks.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects problems, so that all of them can be reported at once. */
final class SettingsProblems {
    private static final Comparator<SettingsProblem> BY_PLACE = Comparator.comparing(
                    (SettingsProblem problem) -> String.valueOf(problem.file()))
            .thenComparingInt(SettingsProblem::line)
            .thenComparingInt(SettingsProblem::column);

    private final List<SettingsProblem> problems = new ArrayList<>();

    void add(SettingsProblem problem) {
        problems.add(problem);
    }

    /** What the step gives, or null if it failed; its problems are kept. */
    <T> @Nullable T collect(Supplier<T> step) {
        try {
            return step.get();
        } catch (SettingsException e) {
            problems.addAll(e.problems());
            return null;
        }
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new SettingsException(sorted(problems));
        }
    }

    static List<SettingsProblem> sorted(List<SettingsProblem> problems) {
        return problems.stream().sorted(BY_PLACE).toList();
    }
}
