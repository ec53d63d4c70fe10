package dev.koda.checks.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds and reads the files of one set of sources; problems are collected. */
final class SettingsFiles {
    private final SettingsSources sources;
    private final SettingsProblems problems;
    /** Later ones win. */
    final List<EnvFile> envFiles = new ArrayList<>();

    @Nullable
    StackFile stackFile;

    SettingsFiles(SettingsSources sources, SettingsProblems problems) {
        this.sources = sources;
        this.problems = problems;
        readEnvFiles();
        readStackFile();
    }

    /** The notices of all files. */
    List<SettingsNotice> notices() {
        var ofStack = stackFile == null ? Stream.<SettingsNotice>of() : stackFile.notices().stream();
        return Stream.concat(envFiles.stream().flatMap(file -> file.notices().stream()), ofStack)
                .toList();
    }

    private void readEnvFiles() {
        var directory = sources.directory();
        if (sources.envFile() != null) {
            readEnvFile(sources.envFile());
        } else if (directory != null) {
            readInstall(directory);
        } else if (isNamedByEnvironment()) {
            readEnvFile(sources.absolute(Path.of(environment("KODA_ENV_FILE"))));
        } else {
            discover();
        }
    }

    private void readInstall(Path directory) {
        var main = directory.resolve(".env");
        if (!Files.exists(main) && !Files.exists(directory.resolve("koda.yaml"))) {
            problems.add(SettingsProblem.inFile(directory, "holds neither a .env nor a koda.yaml: not a Koda install"));
            return;
        }
        for (var name : List.of(".env", ".release.env")) {
            var file = directory.resolve(name);
            if (Files.exists(file)) {
                readEnvFile(file);
            }
        }
    }

    private boolean isNamedByEnvironment() {
        return !environment("KODA_ENV_FILE").isBlank();
    }

    private void discover() {
        var local = sources.absolute(Path.of(".koda-local", ".env"));
        if (Files.exists(local)) {
            readEnvFile(local);
            return;
        }
        var here = sources.absolute(Path.of(".env"));
        if (Files.isRegularFile(here) && readIfOurs(here)) {
            return;
        }
        var home = sources.home();
        if (home != null && Files.exists(home.resolve(".koda").resolve(".env"))) {
            readEnvFile(home.resolve(".koda").resolve(".env"));
        }
    }

    /** Anybody's project may have a {@code .env}: it is ours if it sets a name that only we or Koda know. */
    private boolean readIfOurs(Path file) {
        EnvFile parsed;
        try {
            parsed = EnvFile.read(file, sources.environment()::get);
        } catch (SettingsException e) {
            if (mentionsUs(file)) {
                e.problems().forEach(problems::add);
                return true;
            }
            return false;
        }
        boolean isOurs = parsed.entries().keySet().stream().anyMatch(SettingsFiles::isOurs);
        if (isOurs) {
            envFiles.add(parsed);
        }
        return isOurs;
    }

    /** A broken file may still be ours; one of another project in another grammar must not stop us. */
    private static boolean mentionsUs(Path file) {
        try {
            return SourceText.read(file)
                    .text()
                    .lines()
                    .map(line -> line.strip().replaceFirst("^export\\s+", ""))
                    .map(line -> line.split("[=:\\s]", 2)[0])
                    .anyMatch(SettingsFiles::isOurs);
        } catch (SettingsException e) {
            return false;
        }
    }

    private static boolean isOurs(String name) {
        return KnownSettings.find(name)
                .map(setting -> setting.owner() != Setting.Owner.ANYONE)
                .orElse(false);
    }

    private void readEnvFile(Path file) {
        var parsed = problems.collect(() -> EnvFile.read(file, sources.environment()::get));
        if (parsed != null) {
            envFiles.add(parsed);
        }
    }

    private void readStackFile() {
        var named = sources.stackFile();
        var directory = sources.directory();
        var usual = directory == null ? sources.absolute(Path.of("koda.yaml")) : directory.resolve("koda.yaml");
        if (named != null) {
            stackFile = problems.collect(() -> StackFile.read(named, this::variable));
        } else if (Files.isRegularFile(usual)) {
            stackFile = problems.collect(() -> StackFile.read(usual, this::variable));
        }
    }

    private @Nullable String variable(String name) {
        var outer = sources.environment().get(name);
        if (outer != null) {
            return outer;
        }
        String value = null;
        for (var file : envFiles) {
            value = file.value(name).orElse(value);
        }
        return value;
    }

    private String environment(String name) {
        return sources.environment().getOrDefault(name, "");
    }
}
