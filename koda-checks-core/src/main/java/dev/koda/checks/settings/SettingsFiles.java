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

    /** True if somebody named the files of an install, or they lie where only Koda's do. */
    boolean isKodaDeclared;

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
        var named = environment("KODA_ENV_FILE");
        isKodaDeclared = sources.envFile() != null || directory != null || !named.isBlank();
        if (sources.envFile() != null) {
            readEnvFile(sources.envFile());
        } else if (directory != null) {
            readInstall(directory);
        } else if (!named.isBlank()) {
            SettingType.PATH
                    .parse(named)
                    .ifPresentOrElse(
                            file -> readEnvFile(sources.absolute(file)),
                            () -> problems.add(SettingsProblem.about("KODA_ENV_FILE in the environment is not a path"
                                    + " that can be written in this locale")));
        } else {
            discover();
        }
    }

    private void readInstall(Path directory) {
        var main = directory.resolve(".env");
        if (!Presence.mayBe(main) && !Presence.mayBe(directory.resolve("koda.yaml"))) {
            problems.add(SettingsProblem.inFile(directory, "holds neither a .env nor a koda.yaml: not a Koda install"));
            return;
        }
        readIfThere(main);
        readIfThere(directory.resolve(".release.env"));
    }

    private void discover() {
        var home = sources.home();
        boolean isFound = readIfThere(sources.absolute(Path.of(".koda-local", ".env")))
                || readIfOurs(sources.absolute(Path.of(".env")));
        if (!isFound && home != null) {
            readIfThere(home.resolve(".koda").resolve(".env"));
        }
    }

    /** True also if it may be there and cannot be read: then that is a problem, and nothing else takes its place. */
    private boolean readIfThere(Path file) {
        boolean isThere = Presence.mayBe(file);
        if (isThere) {
            isKodaDeclared = true;
            readEnvFile(file);
        }
        return isThere;
    }

    /** Anybody's project may have a {@code .env}: it is ours if it sets a name that only we or Koda know. */
    private boolean readIfOurs(Path file) {
        if (!Presence.mayBe(file) || Files.isDirectory(file)) {
            return false;
        }
        var source = problems.collect(() -> SourceText.read(file));
        return source == null || addIfOurs(source);
    }

    private boolean addIfOurs(SourceText source) {
        EnvFile parsed;
        try {
            parsed = new EnvParser(source, sources.environment()::get).parse();
        } catch (SettingsException e) {
            boolean isOurs = mentionsUs(source);
            if (isOurs) {
                e.problems().forEach(problems::add);
            }
            return isOurs;
        }
        boolean isOurs = parsed.entries().keySet().stream().anyMatch(SettingsFiles::isOurs);
        if (isOurs) {
            envFiles.add(parsed);
        }
        return isOurs;
    }

    /** A broken file may still be ours; one of another project in another grammar must not stop us. */
    private static boolean mentionsUs(SourceText source) {
        return source.text()
                .lines()
                .map(line -> line.strip().replaceFirst("^export\\s+", ""))
                .map(line -> line.split("[=:\\s]", 2)[0])
                .anyMatch(SettingsFiles::isOurs);
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
        } else if (Presence.mayBe(usual)) {
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
