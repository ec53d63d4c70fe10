package dev.koda.checks.disk;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.CheckSpec.BlockingCheck;
import dev.koda.checks.Effects;
import dev.koda.checks.Scope;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Makes the disk checks. All of them block in system calls, so they run on the engine's bounded pool: a hung network
 * mount costs no event loop, and for each check never a second thread.
 */
public final class DiskChecks {
    private DiskChecks() {}

    /**
     * For each volume {@code disk.space}, {@code disk.inodes}, {@code disk.read-only} and {@code disk.writable}, in this
     * order, with the volume's name as instance.
     */
    public static List<CheckSpec> of(List<DiskVolume> volumes, DiskOptions options, TimeSource time) {
        return volumes.stream()
                .flatMap(volume -> List.of(
                        space(volume, options),
                        inodes(volume, options),
                        readOnly(volume),
                        writable(volume, options, time))
                        .stream())
                .toList();
    }

    /**
     * The room on the volume of one path, without the other questions.
     *
     * @param path absolute
     */
    public static BlockingCheck room(Path path, DiskOptions options) {
        return new SpaceCheck(path, options);
    }

    private static CheckSpec space(DiskVolume volume, DiskOptions options) {
        return onMounted("disk.space", volume)
                .title("Volume has room")
                .blocking(new SpaceCheck(volume.path(), options));
    }

    private static CheckSpec inodes(DiskVolume volume, DiskOptions options) {
        return onMounted("disk.inodes", volume)
                .title("Volume has inodes")
                .blocking(new InodesCheck(volume.path(), options.inodes()));
    }

    private static CheckSpec readOnly(DiskVolume volume) {
        return spec("disk.read-only", volume)
                .title("Volume is mounted for writing")
                .blocking(new ReadOnlyCheck(volume.path()));
    }

    private static CheckSpec writable(DiskVolume volume, DiskOptions options, TimeSource time) {
        var spec = spec("disk.writable", volume)
                .title("Volume can be written")
                .effects(Effects.WRITES)
                .timeout(Duration.ofMillis(2500))
                .unavailable("disk_unavailable");
        if (volume.isNeededToWork()) {
            spec.in(Suite.READINESS).every(Duration.ofSeconds(10)).failureThreshold(2);
        }
        return spec.blocking(new WritableCheck(volume.path(), options, time));
    }

    /** Asking a missing or hung volume for more gives the same failure again, and takes another thread. */
    private static CheckSpec.Builder onMounted(String id, DiskVolume volume) {
        return spec(id, volume).dependsOn(new CheckId("disk.read-only", volume.instance()));
    }

    private static CheckSpec.Builder spec(String id, DiskVolume volume) {
        return CheckSpec.of(id)
                .documented()
                .instance(volume.instance())
                .scope(Scope.LOCAL)
                .in(Suite.DOCTOR);
    }
}
