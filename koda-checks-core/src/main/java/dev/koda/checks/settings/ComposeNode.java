package dev.koda.checks.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A node of a compose file: merge keys are followed and variables put in; what is not there or odd is empty. */
final class ComposeNode {
    private static final ComposeNode NONE = new ComposeNode(null, new Interpolation(name -> null, name -> {}));
    /** Merged maps may merge others; no file that people write is deeper. */
    private static final int DEEPEST_MERGE = 10;

    private final @Nullable Node node;
    private final Interpolation interpolation;

    ComposeNode(@Nullable Node node, Interpolation interpolation) {
        this.node = node;
        this.interpolation = interpolation;
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** The value of a key. */
    ComposeNode get(String key) {
        return entries().getOrDefault(key, NONE);
    }

    boolean has(String key) {
        return entries().containsKey(key);
    }

    /** The values of a map by key, in the order of the file. */
    Map<String, ComposeNode> entries() {
        var entries = new LinkedHashMap<String, ComposeNode>();
        collect(node, entries, 0);
        return entries;
    }

    /** What stands in the map itself wins over what is merged into it, and an earlier merge over a later one. */
    private void collect(@Nullable Node from, Map<String, ComposeNode> entries, int depth) {
        if (!(from instanceof MappingNode map) || depth > DEEPEST_MERGE) {
            return;
        }
        var merged = new ArrayList<Node>();
        for (var entry : map.getValue()) {
            var key = YamlReader.text(entry.getKeyNode());
            var value = entry.getValueNode();
            if (!key.equals("<<")) {
                entries.putIfAbsent(key, new ComposeNode(value, interpolation));
            } else if (value instanceof SequenceNode several) {
                merged.addAll(several.getValue());
            } else {
                merged.add(value);
            }
        }
        merged.forEach(other -> collect(other, entries, depth + 1));
    }

    /** The items of a list; the one text of a scalar. */
    List<ComposeNode> items() {
        if (node instanceof SequenceNode list) {
            return list.getValue().stream()
                    .map(item -> new ComposeNode(item, interpolation))
                    .toList();
        }
        return node instanceof ScalarNode ? List.of(this) : List.of();
    }

    /** A scalar that is not null, with its variables put in; empty too if a variable that must be set is not. */
    Optional<String> text() {
        if (!(node instanceof ScalarNode scalar) || Tag.NULL.equals(node.getTag())) {
            return Optional.empty();
        }
        try {
            return Optional.of(interpolation.expand(scalar.getValue()).text());
        } catch (Interpolation.MalformedException unusable) {
            return Optional.empty();
        }
    }

    /** The texts of a list, or the one of a scalar. */
    List<String> texts() {
        return items().stream().flatMap(item -> item.text().stream()).toList();
    }

    boolean isTrue() {
        return text().filter("true"::equalsIgnoreCase).isPresent();
    }
}
