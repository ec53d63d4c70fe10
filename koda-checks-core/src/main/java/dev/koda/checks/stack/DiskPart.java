package dev.koda.checks.stack;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.disk.DiskChecks;
import dev.koda.checks.disk.DiskOptions;
import dev.koda.checks.disk.DiskVolume;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.Setting;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.StackKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The checks of the stack's volumes; without a stack, of the host's root file system. */
final class DiskPart {
    private static final List<String> IDS = List.of("disk.read-only", "disk.space", "disk.inodes", "disk.writable");

    private final Settings settings;
    private final TimeSource time;

    DiskPart(Settings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
    }

    void addTo(Composition composition) {
        boolean isNamed =
                settings.isSet(KodaSettings.STATE_ROOT_DIR) || settings.isSet(KodaSettings.ARTIFACT_STORE_DIR);
        if (settings.stack() == StackKind.NONE && !isNamed) {
            addRoot(composition);
            return;
        }
        var volumes = new ArrayList<DiskVolume>();
        var missing = new ArrayList<Skip>();
        collect(KodaSettings.STATE_ROOT_DIR, true, volumes, missing);
        collect(KodaSettings.ARTIFACT_STORE_DIR, false, volumes, missing);
        if (volumes.isEmpty() && settings.stack() == StackKind.KODA) {
            // Both are volumes of Docker's, which are on the host's own file system unless somebody has moved them.
            rootChecks().forEach(composition::add);
        }
        volumes.forEach(volume -> checks(volume).forEach(composition::add));
        missing.forEach(composition::skip);
    }

    /** Writing to the root is not ours to try. */
    private Stream<CheckSpec> rootChecks() {
        return checks(DiskVolume.of("/", Path.of("/")))
                .filter(spec -> !spec.id().name().equals("disk.writable"));
    }

    /** Nobody said which directories matter. */
    private void addRoot(Composition composition) {
        rootChecks().forEach(composition::add);
        composition.skip(
                new Skip(new CheckId("disk.writable", null), "STATE_ROOT_DIR is not set", Set.of(Suite.DOCTOR)));
    }

    private Stream<CheckSpec> checks(DiskVolume volume) {
        return DiskChecks.of(List.of(volume), options(), time).stream().map(spec -> {
            var option = spec.id().name().equals("disk.inodes") ? "-i" : "-h";
            return CommandLines.with(spec, CommandLines.room(option, volume.path()));
        });
    }

    private void collect(Setting<Path> setting, boolean isNeeded, List<DiskVolume> volumes, List<Skip> missing) {
        var path = settings.get(setting).filter(Path::isAbsolute);
        if (path.isPresent() && settings.isSet(setting)) {
            var volume = DiskVolume.of(setting.name(), path.get());
            volumes.add(isNeeded ? volume.neededToWork() : volume);
            return;
        }
        for (var id : IDS) {
            missing.add(new Skip(new CheckId(id, setting.name()), why(setting), Set.of(Suite.DOCTOR)));
        }
    }

    private String why(Setting<Path> setting) {
        if (settings.isSet(setting)) {
            return setting.name() + " is not an absolute path";
        }
        return settings.stack() == StackKind.KODA
                ? setting.name() + " is not set, and its default is a path inside Koda's containers"
                : setting.name() + " is not set";
    }

    private DiskOptions options() {
        var options = DiskOptions.defaults();
        var space = settings.limits("disk.space");
        if (space.isPresent()) {
            options = options.space(space.get().warn(), space.get().fail());
        }
        var inodes = settings.limits("disk.inodes");
        if (inodes.isPresent()) {
            options = options.inodes(inodes.get().warn(), inodes.get().fail());
        }
        var write = settings.limits("disk.writable");
        return write.isEmpty()
                ? options
                : options.write(millis(write.get().warn()), millis(write.get().fail()));
    }

    private static Duration millis(double count) {
        return Duration.ofNanos((long) (count * 1e6));
    }
}
