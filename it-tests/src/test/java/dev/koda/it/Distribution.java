package dev.koda.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The distribution that the build has just made, unpacked once per JVM into a temporary directory. The build names the
 * file in the system property {@code koda.distribution}.
 */
final class Distribution {
    private static final Duration UNPACK_LIMIT = Duration.ofSeconds(60);
    private static final Duration ARCHIVE_LIMIT = Duration.ofSeconds(150);

    private final Path home;

    private Distribution(Path home) {
        this.home = home;
    }

    /** As it comes out of the archive: everything works, but starts slower. */
    static Distribution unpacked() {
        return Unpacked.INSTANCE;
    }

    /** Another copy, in an empty directory. */
    static Distribution unpackedInto(Path directory) {
        var tar = List.of("tar", "-xzf", archive().toString(), "-C", directory.toString(), "--strip-components=1");
        complete(tar, directory, Map.of(), UNPACK_LIMIT);
        return new Distribution(directory);
    }

    /** The file that the build made. */
    static Path archive() {
        var archive = Path.of(property("koda.distribution")).toAbsolutePath().normalize();
        if (!Files.isRegularFile(archive)) {
            throw new IllegalStateException(archive + " is not there; package koda-cli first");
        }
        return archive;
    }

    /**
     * The same one after its documented install step, {@code bin/koda-archive}. That takes half a minute, so it is done
     * once, by a caller who has exported the settings of {@link SomebodyElse}.
     */
    static Distribution installed() {
        return Installed.INSTANCE;
    }

    /** Whether the install step has connected to what its caller had exported the address of. */
    static boolean hasInstallStepAskedOthers() {
        return Installed.hasAskedOthers;
    }

    /** The root of what was unpacked. */
    Path home() {
        return home;
    }

    /** A program of it, such as {@code koda}. */
    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** The version in the name of the file that the build made. */
    static String version() {
        return property("koda.version");
    }

    private static String property(String name) {
        return Objects.requireNonNull(
                System.getProperty(name),
                () -> "the build sets the system property " + name + "; run these with Maven");
    }

    private static final class Unpacked {
        private static final Distribution INSTANCE = unpack();

        private static Distribution unpack() {
            return unpackedInto(TemporaryDirectory.make("koda-distribution-"));
        }
    }

    private static final class Installed {
        private static boolean hasAskedOthers;
        private static final Distribution INSTANCE = install();

        private static Distribution install() {
            var distribution = unpacked();
            var step = List.of(distribution.program("koda-archive").toString());
            try (var others = SomebodyElse.listen(TemporaryDirectory.make("koda-caller-"))) {
                complete(step, distribution.home(), others.exported(FreePort.next()), ARCHIVE_LIMIT);
                hasAskedOthers = others.wasAsked();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            return distribution;
        }
    }

    private static void complete(
            List<String> command, Path directory, Map<String, String> environment, Duration limit) {
        try (var process = RealProcess.start(command, directory, environment)) {
            int code = process.awaitExit(limit);
            if (code != 0) {
                throw new IllegalStateException(command + " ended with " + code + ": " + process.errors());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
