package dev.koda.checks.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Which services a compose file wants to run all the time: those without a profile, with a replica, and that no other
 * waits for to complete. Docker Compose itself reports what is wrong with the file, so here that is no answer at all.
 */
final class ComposeFile {
    /** The condition of depends_on for a service that does its work and ends. */
    static final String COMPLETED = "service_completed_successfully";

    private static final long LARGEST_BYTES = 1 << 20;
    private static final int MOST_ALIASES = 200;

    /** No file at all. */
    static final ComposeFile NONE = new ComposeFile(null, Set.of());

    private final @Nullable Path path;
    private final Set<String> wanted;

    private ComposeFile(@Nullable Path path, Set<String> wanted) {
        this.path = path;
        this.wanted = wanted;
    }

    /** The first of these that there is. */
    static ComposeFile first(List<Path> places) throws IOException {
        for (var place : places) {
            if (Files.isRegularFile(place)) {
                boolean isUsable = Files.isReadable(place) && Files.size(place) <= LARGEST_BYTES;
                return new ComposeFile(
                        place, isUsable ? services(Files.readString(place, StandardCharsets.UTF_8)) : Set.of());
            }
        }
        return NONE;
    }

    /** Null if there is none. */
    @Nullable
    Path path() {
        return path;
    }

    /** The services that must be there; none if the file says nothing that can be read. */
    Set<String> wanted() {
        return wanted;
    }

    static Set<String> services(String yaml) {
        var settings = LoadSettings.builder()
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .build();
        Optional<Node> root;
        try {
            root = new Compose(settings).composeString(yaml);
        } catch (YamlEngineException notYaml) {
            return Set.of();
        }
        var services = new LinkedHashMap<String, Map<String, Node>>();
        root.map(ComposeFile::fields)
                .map(top -> top.get("services"))
                .map(ComposeFile::fields)
                .orElse(Map.of())
                .forEach((name, service) -> services.put(name, fields(service)));
        return wanted(services);
    }

    private static Set<String> wanted(Map<String, Map<String, Node>> services) {
        var wanted = new LinkedHashSet<String>();
        var completing = completing(services);
        services.forEach((name, fields) -> {
            if (!completing.contains(name) && !isOptional(fields) && !hasNoReplica(fields)) {
                wanted.add(name);
            }
        });
        return wanted;
    }

    /** One that has completed may be gone: {@code docker system prune} removes it, and nothing lacks it. */
    private static Set<String> completing(Map<String, Map<String, Node>> services) {
        var names = new LinkedHashSet<String>();
        for (var fields : services.values()) {
            fields(fields.get("depends_on")).forEach((name, how) -> {
                if (COMPLETED.equals(text(fields(how).get("condition")))) {
                    names.add(name);
                }
            });
        }
        return names;
    }

    private static boolean isOptional(Map<String, Node> service) {
        return service.get("profiles") instanceof SequenceNode profiles
                && !profiles.getValue().isEmpty();
    }

    private static boolean hasNoReplica(Map<String, Node> service) {
        return "0".equals(text(service.get("scale")))
                || "0".equals(text(fields(service.get("deploy")).get("replicas")));
    }

    private static Map<String, Node> fields(@Nullable Node node) {
        var fields = new LinkedHashMap<String, Node>();
        if (node instanceof MappingNode map) {
            map.getValue().forEach(entry -> fields.put(text(entry.getKeyNode()), entry.getValueNode()));
        }
        return fields;
    }

    private static String text(@Nullable Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
