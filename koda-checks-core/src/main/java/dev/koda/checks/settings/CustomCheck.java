package dev.koda.checks.settings;

import dev.koda.checks.CheckId;
import dev.koda.checks.Suite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A check that koda.yaml declares under {@code checks}. Immutable.
 *
 * @param place where it stands
 * @param id unique in the file, without an instance, in no group of the built-in checks but {@code custom}
 * @param title a few words, or null
 * @param timeout of one evaluation, or null for the default
 * @param every the interval on a server, or null for the default
 * @param suites at least one of readiness, doctor and hardening
 * @param critical true if its failure fails a report
 * @param failClosed true if its failure fails readiness
 * @param unavailable the public readiness reason of its failure, or null
 * @param dependsOn what must not have failed before it runs
 * @param hint what to do when it is not pass, or null for what the kind says
 * @param warn the limit of warn, in the unit of the kind, or null
 * @param fail the limit of fail, or null
 * @param kind what it asks
 */
public record CustomCheck(
        Place place,
        CheckId id,
        @Nullable String title,
        @Nullable Duration timeout,
        @Nullable Duration every,
        Set<Suite> suites,
        boolean critical,
        boolean failClosed,
        @Nullable String unavailable,
        List<CheckId> dependsOn,
        @Nullable String hint,
        @Nullable Double warn,
        @Nullable Double fail,
        CheckKind kind) {
    public CustomCheck {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(id, "id");
        suites = Set.copyOf(suites);
        dependsOn = List.copyOf(dependsOn);
        Objects.requireNonNull(kind, "kind");
    }

    /**
     * Where something stands.
     *
     * @param line 1 for the first
     * @param column 1 for the first character
     */
    public record Place(Path file, int line, int column) {
        /** What is wrong there. */
        public SettingsProblem problem(String message, @Nullable String nearest) {
            return new SettingsProblem(file, line, column, message, nearest);
        }
    }
}
