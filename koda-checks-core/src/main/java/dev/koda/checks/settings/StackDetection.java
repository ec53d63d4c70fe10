package dev.koda.checks.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells what kind of stack the settings describe. */
final class StackDetection {
    private StackDetection() {}

    /**
     * @param isDeclared true if the files were named or lie where only an install of Koda's keeps them: then one is
     *     there, however little they say
     */
    static StackKind stackOf(Map<String, List<SettingValue>> candidates, boolean isDeclared) {
        return named(candidates).orElseGet(() -> isDeclared || hasKoda(candidates) ? StackKind.KODA : StackKind.NONE);
    }

    private static Optional<StackKind> named(Map<String, List<SettingValue>> candidates) {
        return candidates.getOrDefault(OwnSettings.KODA_STACK.name(), List.of()).stream()
                .findFirst()
                .flatMap(value -> OwnSettings.KODA_STACK.type().parse(value.text()))
                .map(word -> StackKind.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    private static boolean hasKoda(Map<String, List<SettingValue>> candidates) {
        return KnownSettings.all().stream()
                .flatMap(setting -> candidates.getOrDefault(setting.name(), List.of()).stream()
                        .filter(value -> tellsOfKoda(setting, value.origin().layer())))
                .anyMatch(value -> !value.isBlank());
    }

    /**
     * Koda reads no koda.yaml: there, a name of Koda's only says where a part of any stack is. And a {@code .env} that
     * was chosen and has the password of a database is Koda's, while in the environment anybody's may be.
     */
    private static boolean tellsOfKoda(Setting<?> setting, Layer layer) {
        if (setting.equals(KodaSettings.POSTGRES_PASSWORD)) {
            return layer == Layer.ENV_FILE;
        }
        return setting.owner() == Setting.Owner.KODA && layer != Layer.STACK_FILE;
    }
}
