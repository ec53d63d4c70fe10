package dev.koda.checks.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Settings#load} reads: given by the composition root, which alone looks at the process environment.
 * Immutable; every method returns a copy with one thing changed.
 */
public final class SettingsSources {
    private final Path workingDirectory;
    private final Map<String, String> environment;
    private final Map<String, String> flags;
    private final @Nullable Path home;
    private final @Nullable Path envFile;
    private final @Nullable Path directory;
    private final @Nullable Path stackFile;

    private SettingsSources(
            Path workingDirectory,
            Map<String, String> environment,
            Map<String, String> flags,
            @Nullable Path home,
            @Nullable Path envFile,
            @Nullable Path directory,
            @Nullable Path stackFile) {
        this.workingDirectory = Objects.requireNonNull(workingDirectory, "workingDirectory");
        this.environment = Map.copyOf(environment);
        this.flags = Map.copyOf(flags);
        this.home = home;
        this.envFile = envFile;
        this.directory = directory;
        this.stackFile = stackFile;
    }

    /**
     * The two that are always there.
     *
     * @param workingDirectory relative paths begin here, and here a {@code .env} and a {@code koda.yaml} are looked for
     * @param environment the process environment
     */
    public static SettingsSources of(Path workingDirectory, Map<String, String> environment) {
        return new SettingsSources(workingDirectory, environment, Map.of(), null, null, null, null);
    }

    /** Settings given by flags, by the name of the setting; default: none. */
    public SettingsSources flags(Map<String, String> values) {
        return new SettingsSources(workingDirectory, environment, values, home, envFile, directory, stackFile);
    }

    /** The user's home directory, where {@code .koda/.env} is looked for; default: not looked for. */
    public SettingsSources home(@Nullable Path path) {
        return new SettingsSources(workingDirectory, environment, flags, path, envFile, directory, stackFile);
    }

    /** The one {@code .env} file to read ({@code --env-file}); default: found as {@link Settings#load} says. */
    public SettingsSources envFile(@Nullable Path path) {
        return new SettingsSources(workingDirectory, environment, flags, home, path, directory, stackFile);
    }

    /** The directory of a Koda install ({@code --dir}), whose files are read; default: none. */
    public SettingsSources directory(@Nullable Path path) {
        return new SettingsSources(workingDirectory, environment, flags, home, envFile, path, stackFile);
    }

    /** The {@code koda.yaml} to read ({@code --config}); default: the one in the directory, if there is one. */
    public SettingsSources stackFile(@Nullable Path path) {
        return new SettingsSources(workingDirectory, environment, flags, home, envFile, directory, path);
    }

    Map<String, String> environment() {
        return environment;
    }

    Map<String, String> flags() {
        return flags;
    }

    @Nullable
    Path home() {
        return home;
    }

    @Nullable
    Path envFile() {
        return envFile == null ? null : absolute(envFile);
    }

    @Nullable
    Path directory() {
        return directory == null ? null : absolute(directory);
    }

    @Nullable
    Path stackFile() {
        return stackFile == null ? null : absolute(stackFile);
    }

    Path absolute(Path path) {
        return workingDirectory.resolve(path).normalize();
    }

    /** Names no value. */
    @Override
    public String toString() {
        return "settings sources in " + workingDirectory;
    }
}
