package dev.koda.checks.settings;

import dev.koda.checks.settings.ComposeFile.Mount;
import dev.koda.checks.settings.ComposeFile.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what a compose file says about the host. */
final class ComposeReader {
    /** Compose files share by alias what their services have in common; nothing is copied for one. */
    private static final int MOST_ALIASES = 1000;

    private final SourceText source;
    private final Interpolation interpolation;

    ComposeReader(SourceText source, Function<String, @Nullable String> variables) {
        this.source = source;
        interpolation = new Interpolation(variables, unset -> {});
    }

    ComposeFile read() {
        var root = new ComposeNode(new YamlTree(source, MOST_ALIASES).root(), interpolation);
        var services = root.get("services");
        if (source.problems.isEmpty() && !services.isMap() && !root.has("include")) {
            source.problem(0, "has no services, so it is no compose file");
        }
        source.throwProblems();
        var volumes = root.get("volumes");
        var found = new ArrayList<Service>();
        services.entries().forEach((name, service) -> found.add(service(name, service, volumes)));
        boolean isExtended = services.entries().values().stream().anyMatch(service -> service.has("extends"));
        var name = root.get("name").text().filter(text -> !text.isBlank()).orElse(null);
        return new ComposeFile(source.file(), name, found, !root.has("include") && !isExtended);
    }

    private static Service service(String name, ComposeNode service, ComposeNode volumes) {
        return new Service(
                name,
                service.get("image").text().filter(image -> !image.isBlank()).orElse(null),
                ComposePorts.of(service.get("ports")),
                mounts(service.get("volumes"), volumes),
                healthTest(service.get("healthcheck")),
                service.get("profiles").texts());
    }

    /** In the form {@code [CMD, word, ..]}, {@code [CMD-SHELL, line]} or as a line. */
    private static String healthTest(ComposeNode healthcheck) {
        var words = new ArrayList<>(healthcheck.get("test").texts());
        if (words.isEmpty()
                || words.get(0).equals("NONE")
                || healthcheck.get("disable").isTrue()) {
            return "";
        }
        if (words.get(0).equals("CMD") || words.get(0).equals("CMD-SHELL")) {
            words.remove(0);
        }
        return String.join(" ", words);
    }

    private static List<Mount> mounts(ComposeNode mounted, ComposeNode volumes) {
        var mounts = new ArrayList<Mount>();
        for (var item : mounted.items()) {
            (item.isMap() ? longForm(item) : item.text().flatMap(ComposeReader::shortForm))
                    .map(mount -> onDevice(mount, volumes))
                    .ifPresent(mounts::add);
        }
        return mounts;
    }

    private static Optional<Mount> longForm(ComposeNode item) {
        var type = item.get("type").text().orElse("volume");
        var outside = item.get("source").text().orElse("");
        var target = item.get("target").text().orElse("");
        boolean isReadOnly = item.get("read_only").isTrue();
        return switch (type) {
            case "bind" ->
                outside.isBlank() ? Optional.empty() : Optional.of(new Mount(outside, null, target, isReadOnly));
            case "volume" -> Optional.of(new Mount(null, outside, target, isReadOnly));
            default -> Optional.empty();
        };
    }

    /** {@code [SOURCE:]TARGET[:OPTIONS]}, the source a name or a path that begins with a dot, a slash or a tilde. */
    private static Optional<Mount> shortForm(String text) {
        var parts = text.split(":", -1);
        if (text.isBlank() || parts.length > 3) {
            return Optional.empty();
        }
        if (parts.length == 1) {
            return Optional.of(new Mount(null, "", text, false));
        }
        var outside = parts[0].strip();
        boolean isReadOnly =
                parts.length == 3 && List.of(parts[2].split(",", -1)).contains("ro");
        if (outside.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                "./~".indexOf(outside.charAt(0)) >= 0
                        ? new Mount(outside, null, parts[1], isReadOnly)
                        : new Mount(null, outside, parts[1], isReadOnly));
    }

    /** A volume with a name may be a directory of the host all the same. */
    private static Mount onDevice(Mount mount, ComposeNode volumes) {
        var volume = mount.volume();
        if (volume == null) {
            return mount;
        }
        var options = volumes.get(volume).get("driver_opts");
        boolean isBound =
                options.get("o").text().filter(text -> text.contains("bind")).isPresent();
        var device = options.get("device").text().filter(text -> !text.isBlank());
        return isBound && device.isPresent()
                ? new Mount(device.get(), null, mount.target(), mount.isReadOnly())
                : mount;
    }
}
