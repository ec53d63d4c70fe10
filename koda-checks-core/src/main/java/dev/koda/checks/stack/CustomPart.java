package dev.koda.checks.stack;

import dev.koda.checks.Category;
import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Effects;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.settings.CheckKind;
import dev.koda.checks.settings.CustomCheck;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsException;
import dev.koda.checks.settings.SettingsProblem;
import java.util.ArrayList;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The checks that koda.yaml declares. */
final class CustomPart {
    private final Settings settings;
    private final CustomKinds kinds;
    private final Integrations integrations;

    CustomPart(Settings settings, CustomKinds kinds, Integrations integrations) {
        this.settings = settings;
        this.kinds = kinds;
        this.integrations = integrations;
    }

    /** @throws SettingsException if one of them depends on a check that there is not */
    void addTo(Composition composition) {
        for (var custom : settings.customChecks()) {
            var obstacle = kinds.obstacle(custom.kind());
            if (obstacle == null) {
                var spec = spec(custom);
                composition.add(spec);
                integrations.addCustom(spec, custom);
            } else {
                composition.skip(new Skip(custom.id(), obstacle, custom.suites()));
            }
        }
        var problems = settings.customChecks().stream()
                .flatMap(custom -> unknown(custom, composition))
                .toList();
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    private static Stream<SettingsProblem> unknown(CustomCheck custom, Composition composition) {
        var known = new ArrayList<CheckId>();
        composition.specs().forEach(spec -> known.add(spec.id()));
        composition.skips().forEach(skip -> known.add(skip.id()));
        return custom.dependsOn().stream()
                .filter(id -> known.stream().noneMatch(other -> other.isCoveredBy(id)))
                .map(id -> custom.place()
                        .problem(custom.id() + " depends on " + id + ", and there is no such check", null));
    }

    private CheckSpec spec(CustomCheck custom) {
        var builder = CheckSpec.of(custom.id().name())
                .category(Category.CUSTOM)
                .in(custom.suites().toArray(Suite[]::new))
                .effects(isWriting(custom.kind()) ? Effects.WRITES : Effects.READS)
                .docs("docs/koda-yaml.md#" + custom.kind().key());
        custom.dependsOn().forEach(builder::dependsOn);
        var title = custom.title();
        var timeout = custom.timeout();
        var every = custom.every();
        var unavailable = custom.unavailable();
        if (title != null) {
            builder.title(title);
        }
        if (timeout != null) {
            builder.timeout(timeout);
        } else {
            kinds.timeout(custom.kind()).ifPresent(builder::timeout);
        }
        if (every != null) {
            builder.every(every);
        }
        if (unavailable != null) {
            builder.unavailable(unavailable);
        }
        if (!custom.critical()) {
            builder.notCritical();
        }
        if (custom.failClosed()) {
            builder.failClosed();
        }
        var spec = CommandLines.with(kinds.end(builder, custom), CommandLines.of(custom.kind()));
        return hinted(spec, custom.hint());
    }

    private static boolean isWriting(CheckKind kind) {
        return kind instanceof CheckKind.Http http && http.method().equals("POST");
    }

    private static CheckSpec hinted(CheckSpec spec, @Nullable String hint) {
        return hint == null ? spec : spec.wrapped(check -> new HintedCheck(check, hint));
    }

    /** Whoever wrote the check knows better what to do than we. */
    private record HintedCheck(Check check, String hint) implements Check {
        @Override
        public CompletionStage<Outcome> run(CheckContext context) throws Exception {
            return check.run(context).thenApply(this::hinted);
        }

        private Outcome hinted(Outcome outcome) {
            return outcome.isSkipped() || outcome.status() == Status.PASS ? outcome : outcome.hint(hint);
        }
    }
}
