package dev.koda.checks.stack;

import dev.koda.checks.Category;
import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.StackKind;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Knows who starts the services of the embedded stack: where nothing listens, {@code koda up} does not run or is about to
 * start a service again, and no host or port needs to be corrected.
 */
final class EmbeddedHint {
    private static final Reason REFUSED = new Reason("connection_refused");

    private final boolean isEmbedded;
    private final @Nullable Path directory;

    private EmbeddedHint(boolean isEmbedded, @Nullable Path directory) {
        this.isEmbedded = isEmbedded;
        this.directory = directory;
    }

    /** For these settings; the directory is that of the {@code .env} which {@code koda up} wrote. */
    static EmbeddedHint of(Settings settings) {
        var directory = settings.value(OwnSettings.KODA_STACK.name())
                .map(value -> value.origin().file())
                .map(Path::toAbsolutePath)
                .map(Path::getParent);
        return new EmbeddedHint(settings.stack() == StackKind.EMBEDDED, directory.orElse(null));
    }

    /** The same check; on the embedded stack a refused connection says how to start what is missing. */
    CheckSpec explain(CheckSpec spec) {
        if (!isEmbedded) {
            return spec;
        }
        var hint = spec.category() == Category.RUNTIME ? start() : start() + restart();
        return spec.wrapped(check -> new HintedCheck(check, hint));
    }

    private String start() {
        return "start the stack with koda up" + (directory == null ? "" : " --dir " + directory);
    }

    private String restart() {
        return "; if it runs, it starts this service again after its restart delay, and "
                + (directory == null ? "its logs say" : directory.resolve("logs") + " says") + " why it died";
    }

    private record HintedCheck(Check check, String hint) implements Check {
        @Override
        public CompletionStage<Outcome> run(CheckContext context) throws Exception {
            return check.run(context)
                    .thenApply(outcome -> Objects.equals(outcome.reason(), REFUSED) ? outcome.hint(hint) : outcome);
        }
    }
}
