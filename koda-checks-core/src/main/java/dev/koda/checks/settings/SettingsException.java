package dev.koda.checks.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Files or flags that cannot be used: all that is wrong with them at once. Holds no value of any setting. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<SettingsProblem> problems;

    public SettingsException(List<SettingsProblem> problems) {
        super(problems.stream().map(SettingsProblem::toString).collect(Collectors.joining("\n")), null, false, true);
        this.problems = List.copyOf(problems);
    }

    /** The problems by file and line, at least one; unmodifiable. */
    public List<SettingsProblem> problems() {
        return problems;
    }
}
