package dev.koda.checks.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a Docker Compose file says about the host: who listens where, and what is kept on which volume. Everything else in
 * it is passed over, also what is odd: this is no judge of compose files. Immutable.
 *
 * @param file the file it was read from
 * @param name the name of the project, or null if the file gives none
 * @param services in the order of the file
 * @param isWhole false if it includes or extends other files, which are not read
 */
public record ComposeFile(Path file, @Nullable String name, List<Service> services, boolean isWhole) {
    public ComposeFile {
        Objects.requireNonNull(file, "file");
        services = List.copyOf(services);
    }

    /**
     * One service.
     *
     * @param name the key of the file
     * @param image with registry and tag, or null if it is built from a directory alone
     * @param ports those that are published
     * @param mounts what is mounted into it from outside
     * @param healthTest the words of its health check, joined by blanks; empty if there is none
     * @param profiles it runs only with one of these; empty if it runs always
     */
    public record Service(
            String name,
            @Nullable String image,
            List<Port> ports,
            List<Mount> mounts,
            String healthTest,
            List<String> profiles) {
        public Service {
            Objects.requireNonNull(name, "name");
            ports = List.copyOf(ports);
            mounts = List.copyOf(mounts);
            Objects.requireNonNull(healthTest, "healthTest");
            profiles = List.copyOf(profiles);
        }
    }

    /**
     * A port of a service that the host listens on.
     *
     * @param address the address of the host, or null for all
     * @param published the port of the host; 0 if Docker picks one
     * @param target the port inside
     * @param protocol such as {@code tcp}
     */
    public record Port(@Nullable String address, int published, int target, String protocol) {}

    /**
     * Something from outside that a service keeps data in.
     *
     * @param path the path on the host as the file names it, perhaps relative; null for a volume that Docker keeps
     * @param volume the name of a volume that Docker keeps, empty for one without a name; null for a path
     * @param target the path inside
     * @param isReadOnly whether the service cannot write there
     */
    public record Mount(@Nullable String path, @Nullable String volume, String target, boolean isReadOnly) {}

    /**
     * Reads a file; blocks, and needs {@code org.snakeyaml:snakeyaml-engine}.
     *
     * @param variables for variables in values: null for a name that is not set
     * @throws SettingsException if it cannot be read, is not YAML or has no services
     */
    public static ComposeFile read(Path file, Function<String, @Nullable String> variables) {
        return new ComposeReader(SourceText.read(file), variables).read();
    }
}
