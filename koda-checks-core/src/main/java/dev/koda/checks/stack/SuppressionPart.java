package dev.koda.checks.stack;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.TimeSource;
import dev.koda.checks.config.ConfigChecks;
import dev.koda.checks.config.Suppressions;
import dev.koda.checks.settings.Settings;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** What koda.yaml does not want to be asked: such a check is skipped until its day is over, also while a server runs. */
final class SuppressionPart {
    private static final String ID = "config.suppress";

    private final Suppressions suppressions;
    private final TimeSource time;

    SuppressionPart(Settings settings, TimeSource time) {
        suppressions = new Suppressions(settings.suppressions().stream()
                .map(entry -> new Suppressions.Entry(entry.check(), entry.reason(), entry.until()))
                .toList());
        this.time = time;
    }

    void addTo(Composition composition) {
        if (suppressions.entries().isEmpty()) {
            composition.skip("koda.yaml suppresses nothing", ID);
            return;
        }
        composition.add(ConfigChecks.suppress(
                suppressions,
                () -> Stream.concat(
                                composition.specs().stream().map(CheckSpec::id),
                                composition.skips().stream().map(Skip::id))
                        .toList(),
                time));
    }

    /** The same check, or one that is skipped as long as it is suppressed. */
    CheckSpec quieted(CheckSpec spec) {
        if (spec.id().name().equals(ID)) {
            return spec;
        }
        return suppressions.name(spec.id())
                ? spec.wrapped(check -> new QuietedCheck(spec.id(), check, suppressions, time))
                : spec;
    }

    private record QuietedCheck(CheckId id, Check check, Suppressions suppressions, TimeSource time) implements Check {
        @Override
        public CompletionStage<Outcome> run(CheckContext context) throws Exception {
            var entry = suppressions.inForce(id, LocalDate.ofInstant(time.now(), ZoneOffset.UTC));
            return entry.isPresent()
                    ? CompletableFuture.completedFuture(
                            Outcome.skipped(entry.get().why()))
                    : check.run(context);
        }
    }
}
