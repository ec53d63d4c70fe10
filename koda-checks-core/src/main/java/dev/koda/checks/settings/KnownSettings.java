package dev.koda.checks.settings;

import dev.koda.checks.Nearest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All settings that are known: ours, those of Koda that are checked, and the other ones of Koda. */
public final class KnownSettings {
    private static final Map<String, Setting<?>> BY_NAME = byName();

    private KnownSettings() {}

    /** In the order in which people read them; unmodifiable. */
    public static List<Setting<?>> all() {
        return List.copyOf(BY_NAME.values());
    }

    /** The setting of that name, as it is written. */
    public static Optional<Setting<?>> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The known name that was probably meant: at most two characters are wrong, missing, too many or swapped. */
    public static Optional<String> nearest(String name) {
        return Optional.ofNullable(Nearest.of(name, BY_NAME.keySet(), 2));
    }

    private static Map<String, Setting<?>> byName() {
        var all = new LinkedHashMap<String, Setting<?>>();
        Stream.of(OwnSettings.all(), KodaSettings.all(), OtherKodaSettings.ALL, ProviderSettings.settings())
                .flatMap(List::stream)
                .forEach(setting -> all.put(setting.name(), setting));
        return Collections.unmodifiableMap(all);
    }
}
