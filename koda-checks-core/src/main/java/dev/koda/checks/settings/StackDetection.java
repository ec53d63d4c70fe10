package dev.koda.checks.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells what kind of stack the settings describe. */
final class StackDetection {
    private StackDetection() {}

    static StackKind stackOf(Map<String, List<SettingValue>> candidates) {
        return named(candidates).orElseGet(() -> hasKoda(candidates) ? StackKind.KODA : StackKind.NONE);
    }

    private static Optional<StackKind> named(Map<String, List<SettingValue>> candidates) {
        return candidates.getOrDefault(OwnSettings.KODA_STACK.name(), List.of()).stream()
                .findFirst()
                .flatMap(value -> OwnSettings.KODA_STACK.type().parse(value.text()))
                .map(word -> StackKind.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    private static boolean hasKoda(Map<String, List<SettingValue>> candidates) {
        return KnownSettings.all().stream()
                .filter(setting -> setting.owner() == Setting.Owner.KODA)
                .flatMap(setting -> candidates.getOrDefault(setting.name(), List.of()).stream())
                .anyMatch(value -> !value.isBlank());
    }
}
