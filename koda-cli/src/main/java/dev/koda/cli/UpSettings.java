package dev.koda.cli;

import dev.koda.checks.settings.EnvFile;
import dev.koda.checks.settings.KnownSettings;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings of one {@code koda up}: those of its {@code .env}. The embedded services were started by that file alone,
 * so a setting that the caller's shell exports would send the server, its checks and their writes to another place.
 */
final class UpSettings {
    private static final String POINTER = "_FILE";

    private UpSettings() {}

    /** Reads them, and says on standard error which exported variables do not count. */
    static Settings load(Shell shell, Path environmentFile) {
        var ignored = exportedSettings(shell, environmentFile);
        if (!ignored.isEmpty()) {
            shell.say("koda up: ignores the exported " + String.join(", ", ignored) + "; " + environmentFile
                    + " decides");
        }
        // What is no setting stays: koda.yaml may take it as ${NAME}.
        var environment = new HashMap<>(shell.environment());
        environment.keySet().removeAll(ignored);
        return Settings.load(SettingsSources.of(shell.directory(), environment)
                .home(shell.home())
                .envFile(environmentFile));
    }

    private static Set<String> exportedSettings(Shell shell, Path environmentFile) {
        var exported = new TreeSet<>(shell.environment().keySet());
        var own = EnvFile.read(environmentFile, name -> null).entries().keySet();
        exported.removeIf(name -> !own.contains(name) && !isSetting(name));
        return exported;
    }

    private static boolean isSetting(String name) {
        return KnownSettings.find(name).isPresent()
                || (name.endsWith(POINTER)
                        && KnownSettings.find(name.substring(0, name.length() - POINTER.length()))
                                .isPresent());
    }
}
