package dev.koda.cli.proposal;

import dev.koda.checks.settings.ComposeFile;
import dev.koda.checks.settings.ComposeFile.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Proposes a check of the room on each volume of the host that services keep data on. */
final class RoomProposals {
    /** What lies there is no data, or is not on a disk. */
    private static final Pattern NO_DATA = Pattern.compile("/|/tmp|/(proc|sys|dev|run|var/run|etc)(/.*)?");

    private static final Pattern FILE_NAME = Pattern.compile(".*[^.]\\.[A-Za-z0-9]{1,5}");

    private final ComposeHost host;
    private final CheckIds ids;
    private final List<ProposedCheck> checks;
    private final Map<String, String> without;
    private final Set<Object> volumes = new HashSet<>();

    RoomProposals(ComposeHost host, CheckIds ids, List<ProposedCheck> checks, Map<String, String> without) {
        this.host = host;
        this.ids = ids;
        this.checks = checks;
        this.without = without;
    }

    void of(ComposeFile file) {
        var mounts = file.services().stream()
                .filter(service -> service.profiles().isEmpty())
                .flatMap(service -> service.mounts().stream())
                .filter(mount -> !mount.isReadOnly())
                .toList();
        mounts.stream().flatMap(mount -> directory(mount).stream()).distinct().forEach(this::directory);
        if (mounts.stream().anyMatch(mount -> mount.volume() != null)) {
            docker();
        }
    }

    private Optional<Path> directory(Mount mount) {
        var text = mount.path();
        if (text == null) {
            return Optional.empty();
        }
        try {
            var path = text.equals("~") || text.startsWith("~/")
                    ? host.home().resolve(text.substring(Math.min(2, text.length())))
                    : host.project().resolve(text);
            return Optional.of(path.toAbsolutePath().normalize()).filter(RoomProposals::isForData);
        } catch (InvalidPathException impossible) {
            return Optional.empty();
        }
    }

    private static boolean isForData(Path path) {
        boolean isOther = NO_DATA.matcher(path.toString()).matches();
        boolean isFile = Files.exists(path)
                ? !Files.isDirectory(path)
                : FILE_NAME.matcher(path.toString()).matches();
        return !isOther && !isFile;
    }

    /** One of several directories on the same volume is enough: they share the room. */
    private void directory(Path path) {
        if (volumes.add(volumeOf(path))) {
            var name = String.valueOf(path.getFileName());
            room("volume", name, "room where services write to " + name, path);
        }
    }

    private void docker() {
        var root = host.dockerRoot();
        if (!Files.isDirectory(root)) {
            without.put("named volumes", "Docker keeps them elsewhere: docker info -f '{{.DockerRootDir}}'");
        } else if (volumes.add(volumeOf(root))) {
            room("volume", "docker", "room for the volumes of Docker", root);
        }
    }

    private void room(String group, String name, String title, Path path) {
        Map<String, Object> asked = Map.of("path", YamlWords.literal(path.toString()));
        checks.add(new ProposedCheck(ids.next(group, name), YamlWords.comment(title), "disk", asked, null, List.of()));
    }

    /** What a directory has in common with others on its volume; a directory that is not there yet has that of its parent. */
    private static Object volumeOf(Path path) {
        var existing = path;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = Objects.requireNonNull(existing.getParent());
        }
        try {
            return Files.getAttribute(existing, "unix:dev");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return path;
        }
    }
}
