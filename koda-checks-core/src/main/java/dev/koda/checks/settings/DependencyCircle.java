package dev.koda.checks.settings;

import dev.koda.checks.CheckId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks for checks of a koda.yaml that wait for each other; built-in ones never wait for these. */
final class DependencyCircle {
    private final Map<CheckId, CustomCheck> checks;
    private final Set<CheckId> done = new HashSet<>();

    DependencyCircle(Map<CheckId, CustomCheck> checks) {
        this.checks = checks;
    }

    /** The first circle, at the check it begins with. */
    Optional<SettingsProblem> problem() {
        for (var check : checks.values()) {
            var circle = walk(check, new ArrayList<>());
            if (circle != null) {
                var path = circle.stream().map(CheckId::toString).collect(Collectors.joining(" -> "));
                return Optional.of(check.place().problem("checks depend on each other in a circle: " + path, null));
            }
        }
        return Optional.empty();
    }

    private @Nullable List<CheckId> walk(CustomCheck check, List<CheckId> path) {
        int at = path.indexOf(check.id());
        path.add(check.id());
        if (at >= 0) {
            return path.subList(at, path.size());
        }
        if (done.contains(check.id())) {
            return null;
        }
        for (var id : check.dependsOn()) {
            var next = checks.get(id);
            var circle = next == null ? null : walk(next, new ArrayList<>(path));
            if (circle != null) {
                return circle;
            }
        }
        done.add(check.id());
        return null;
    }
}
