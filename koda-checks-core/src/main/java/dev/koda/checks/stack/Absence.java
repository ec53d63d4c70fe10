package dev.koda.checks.stack;

import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.Setting;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.StackKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says why settings have no value that can be used: a check is skipped for that, and another says what is wrong. */
final class Absence {
    private final Settings settings;

    Absence(Settings settings) {
        this.settings = settings;
    }

    /** Which of them nobody set and which are not as expected; empty if each has a usable value. */
    Optional<String> of(Setting<?>... several) {
        var missing = named(several, setting -> !settings.isSet(setting), setting -> " not set" + see(setting));
        return Stream.concat(malformed(several).stream(), missing.stream()).reduce((a, b) -> a + "; " + b);
    }

    /** Which of them somebody set to a value that is not as expected; empty if none is. */
    Optional<String> malformed(Setting<?>... several) {
        return named(several, settings::isSet, setting -> " not as expected, see config.values");
    }

    /** True if config.required fails without it. */
    boolean isRequired(Setting<?> setting) {
        boolean hasStack = settings.stack() != StackKind.NONE;
        return switch (setting.need()) {
            case STACK -> hasStack;
            case OBJECT_STORE -> hasStack && isObjectStoreRequired();
            case ENTRY, NEVER -> false;
        };
    }

    /** Koda needs the bucket only in its primary mode, and only where nobody has switched that off. */
    private boolean isObjectStoreRequired() {
        return settings.get(KodaSettings.OBJECT_STORAGE_REQUIRED).orElse(true)
                && settings.get(KodaSettings.KNOWLEDGE_V2_STORAGE_MODE)
                        .orElse("primary")
                        .equals("primary");
    }

    private String see(Setting<?> setting) {
        return isRequired(setting) ? ", see config.required" : "";
    }

    private Optional<String> named(
            Setting<?>[] several, Predicate<Setting<?>> isMeant, Function<Setting<?>, String> what) {
        var meant = Stream.of(several)
                .filter(setting -> settings.get(setting).isEmpty())
                .filter(isMeant)
                .toList();
        return meant.isEmpty() ? Optional.empty() : Optional.of(sentence(meant) + what.apply(meant.get(0)));
    }

    private static String sentence(List<Setting<?>> meant) {
        return meant.stream().map(Setting::name).collect(Collectors.joining(", "))
                + (meant.size() == 1 ? " is" : " are");
    }
}
