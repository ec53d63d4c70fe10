package dev.koda.checks.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every value that any layer gives, by name, the winner first. */
final class Layers {
    private static final int LARGEST_SECRET_FILE = 1024 * 1024;

    final Map<String, List<SettingValue>> candidates = new LinkedHashMap<>();
    /** The files that {@code NAME_FILE} pointed to. */
    final List<Path> secretFiles = new ArrayList<>();

    private final SettingsProblems problems;

    Layers(SettingsSources sources, SettingsFiles files, SettingsProblems problems) {
        this.problems = problems;
        sources.flags().forEach((name, value) -> add(name, value, Origin.of(Layer.FLAG)));
        sources.flags().forEach(this::requireWellFormed);
        environment(sources, files);
        for (int i = files.envFiles.size() - 1; i >= 0; i--) {
            var file = files.envFiles.get(i);
            file.entries()
                    .values()
                    .forEach(entry ->
                            add(entry.name(), entry.value(), Origin.inFile(Layer.ENV_FILE, file.file(), entry.line())));
        }
        var stack = files.stackFile;
        if (stack != null) {
            stack.settings()
                    .forEach((name, entry) -> add(new SettingValue(
                            name,
                            entry.value(),
                            Origin.inFile(Layer.STACK_FILE, stack.file(), entry.line()),
                            Secrecy.isSecret(name, entry.value()),
                            entry.isLiteral())));
        }
    }

    private void add(String name, String value, Origin origin) {
        add(SettingValue.of(name, value, origin));
    }

    private void add(SettingValue value) {
        candidates.computeIfAbsent(value.name(), ignored -> new ArrayList<>()).add(value);
    }

    /** A flag that nobody can read is a mistake of this very call: it stops it. */
    private void requireWellFormed(String name, String value) {
        KnownSettings.find(name)
                .filter(setting -> setting.type().parse(value).isEmpty())
                .ifPresent(setting -> problems.add(SettingsProblem.about(
                        "the flag for " + name + " is not " + setting.type().expected())));
    }

    private void environment(SettingsSources sources, SettingsFiles files) {
        var environment = sources.environment();
        environment.forEach((name, value) -> {
            if (isOfInterest(name, files)) {
                add(name, value, Origin.of(Layer.ENVIRONMENT));
            }
        });
        for (var setting : KnownSettings.all()) {
            var pointer = setting.name() + "_FILE";
            var path = environment.get(pointer);
            boolean isPointer = KnownSettings.find(pointer).isEmpty();
            if (path != null && !path.isBlank() && isPointer) {
                fromFile(setting.name(), pointer, sources, path);
            }
        }
    }

    /** The process environment holds much that is none of our business, but secrets are never shown. */
    private static boolean isOfInterest(String name, SettingsFiles files) {
        return KnownSettings.find(name).isPresent()
                || name.startsWith("KODA_")
                || name.startsWith("WEB_")
                || Secrecy.isSecret(name, "")
                || files.envFiles.stream().anyMatch(file -> file.entries().containsKey(name))
                || (files.stackFile != null && files.stackFile.mentions(name));
    }

    private void fromFile(String name, String pointer, SettingsSources sources, String path) {
        var text = problems.collect(() -> {
            var file = SettingType.PATH
                    .parse(path)
                    .map(sources::absolute)
                    .orElseThrow(() -> new SettingsException(
                            List.of(SettingsProblem.about(pointer + " in the environment is not a path"))));
            secretFiles.add(file);
            return new FileText(file, readSecret(file, pointer));
        });
        if (text != null) {
            add(name, text.text, new Origin(Layer.ENVIRONMENT, text.file, 0, pointer));
        }
    }

    private record FileText(Path file, String text) {
        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** The text without the line end that editors add. */
    private static String readSecret(Path file, String pointer) {
        var source = SourceText.of(file, bytes(file, pointer));
        source.throwProblems();
        var text = source.text();
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** The name of a file that cannot be read is not shown: it may be the secret itself, put in the wrong place. */
    private static byte[] bytes(Path file, String pointer) {
        try {
            return SourceText.readBytes(file, LARGEST_SECRET_FILE);
        } catch (SettingsException e) {
            throw new SettingsException(e.problems().stream()
                    .map(problem -> SettingsProblem.about(
                            "the file that " + pointer + " in the environment names " + problem.message()))
                    .toList());
        }
    }
}
