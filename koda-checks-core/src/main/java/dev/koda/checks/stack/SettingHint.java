package dev.koda.checks.stack;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.settings.Layer;
import dev.koda.checks.settings.Setting;
import dev.koda.checks.settings.Settings;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names the setting that an operator would correct: checks know no settings, and say only that something is wrong. */
final class SettingHint {
    /** What a wrong address can look like. */
    private static final Set<Reason> ADDRESS = reasons(
            "dns_not_found",
            "connection_refused",
            "unreachable",
            "timeout",
            "tls_not_spoken",
            "bad_answer",
            "unexpected_answer",
            "http_status");

    private static final Set<Reason> PASSWORD = reasons("password_rejected");

    private SettingHint() {}

    /** The same check; where its address may be wrong, the hint says which setting gives it. */
    static CheckSpec address(CheckSpec spec, String source) {
        return naming(spec, ADDRESS, "the address is that of " + source);
    }

    /** The same for a rejected password. */
    static CheckSpec password(CheckSpec spec, String source) {
        return naming(spec, PASSWORD, "the password is that of " + source);
    }

    /** The first of them that somebody set; if nobody did, the last with its default. */
    static String source(Settings settings, Setting<?>... several) {
        return Stream.of(several)
                .filter(setting -> isWritten(settings, setting))
                .findFirst()
                .map(Setting::name)
                .orElseGet(() -> several[several.length - 1].name() + ", which is not set");
    }

    private static boolean isWritten(Settings settings, Setting<?> setting) {
        return settings.value(setting.name())
                .filter(value -> !value.isBlank())
                .map(value -> value.origin().layer())
                .filter(layer -> layer != Layer.DERIVED && layer != Layer.DEFAULT)
                .isPresent();
    }

    private static CheckSpec naming(CheckSpec spec, Set<Reason> reasons, String sentence) {
        return spec.wrapped(check -> new NamingCheck(check, reasons, sentence));
    }

    private static Set<Reason> reasons(String... codes) {
        return Stream.of(codes).map(Reason::new).collect(Collectors.toUnmodifiableSet());
    }

    private record NamingCheck(Check check, Set<Reason> reasons, String sentence) implements Check {
        @Override
        public CompletionStage<Outcome> run(CheckContext context) throws Exception {
            return check.run(context).thenApply(this::named);
        }

        private Outcome named(Outcome outcome) {
            var reason = outcome.reason();
            if (reason == null || !reasons.contains(reason)) {
                return outcome;
            }
            var hint = outcome.hint();
            return outcome.hint(hint == null ? sentence : hint + "; " + sentence);
        }
    }
}
