package dev.koda.cli;

import dev.koda.checks.settings.EnvFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What variables in a file stand for: the process environment first, then {@code .env} files, the later ones first. */
final class Variables {
    private final Map<String, String> environment;
    private final List<EnvFile> files;

    private Variables(Map<String, String> environment, List<EnvFile> files) {
        this.environment = environment;
        this.files = files;
    }

    /**
     * Reads the files.
     *
     * @throws dev.koda.checks.settings.SettingsException if one of them cannot be read or is not as it should be
     */
    static Variables of(Shell shell, List<Path> envFiles) {
        var environment = shell.environment();
        return new Variables(
                environment,
                envFiles.stream()
                        .map(file -> EnvFile.read(file, environment::get))
                        .toList());
    }

    /** The value, or null if nothing sets it. */
    @Nullable
    String get(String name) {
        var value = environment.get(name);
        for (int i = files.size() - 1; value == null && i >= 0; i--) {
            value = files.get(i).value(name).orElse(null);
        }
        return value;
    }
}
