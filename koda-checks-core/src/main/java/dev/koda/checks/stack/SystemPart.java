package dev.koda.checks.stack;

import dev.koda.checks.TimeSource;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.system.SystemChecks;
import dev.koda.checks.system.SystemOptions;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checks of the host itself. */
final class SystemPart {
    private final Settings settings;
    private final TimeSource time;
    private final Path root;

    SystemPart(Settings settings, TimeSource time, Path root) {
        this.settings = settings;
        this.time = time;
        this.root = root;
    }

    void addTo(Composition composition) {
        if (Files.exists(root.resolve("proc/meminfo"))) {
            composition.add(SystemChecks.of(options(), time));
        } else {
            composition.skip("this host has no /proc as Linux has", "system.memory", "system.file-descriptors");
        }
    }

    private SystemOptions options() {
        var options = SystemOptions.of(root);
        var memory = settings.limits("system.memory");
        if (memory.isPresent()) {
            options = options.memory(memory.get().warn(), memory.get().fail());
        }
        var descriptors = settings.limits("system.file-descriptors");
        return descriptors.isEmpty()
                ? options
                : options.descriptors(
                        descriptors.get().warn(), descriptors.get().fail());
    }
}
