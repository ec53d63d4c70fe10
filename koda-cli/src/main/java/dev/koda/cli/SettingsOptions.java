package dev.koda.cli;

import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which settings count. */
final class SettingsOptions {
    /** For the help of a command with these options: which {@code .env} file is found. */
    static final String ORDER_BEGINS = "Without --env-file and --dir the .env file is the first of: $KODA_ENV_FILE,";

    static final String ORDER_ENDS = ".koda-local/.env, .env (if it sets anything of Koda's), ~/.koda/.env";

    @Option(names = "--env-file", paramLabel = "FILE", description = "Read this .env file, not the one that is found.")
    private @Nullable Path envFile;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Read .env, .release.env and koda.yaml of the Koda install in this directory.")
    private @Nullable Path directory;

    @Option(names = "--config", paramLabel = "FILE", description = "Read this koda.yaml.")
    private @Nullable Path stackFile;

    SettingsSources sources(Shell shell, Map<String, String> flags) {
        return SettingsSources.of(shell.directory(), shell.environment())
                .home(shell.home())
                .envFile(envFile)
                .directory(directory)
                .stackFile(stackFile)
                .flags(flags);
    }

    /** The directory of the Koda install, if one was named. */
    @Nullable
    Path directory() {
        return directory;
    }

    /** The koda.yaml that is read, or would be if it were there. */
    Path stackFile(Shell shell) {
        if (stackFile != null) {
            return shell.directory().resolve(stackFile).normalize();
        }
        var place = directory == null ? shell.directory() : shell.directory().resolve(directory);
        return place.resolve("koda.yaml").normalize();
    }

    /** Reads the settings as they would be with this koda.yaml in the place of the other. */
    Settings readWith(Path otherStackFile, Shell shell) {
        return Settings.load(sources(shell, Map.of()).stackFile(otherStackFile));
    }

    /** Reads the settings. */
    Settings read(Shell shell) {
        return Settings.load(sources(shell, Map.of()));
    }

    /** Reads the settings and says on standard error which files they come from. */
    Settings load(Shell shell) {
        var settings = read(shell);
        settings.envFiles()
                .forEach(file ->
                        shell.say("koda: settings from " + file.toAbsolutePath().normalize()));
        settings.stackFile()
                .ifPresent(file ->
                        shell.say("koda: settings from " + file.toAbsolutePath().normalize()));
        return settings;
    }
}
