package dev.koda.checks.settings;

import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What a file declares, as a text that is another one whenever something else is declared, and the same however it is
 * written: comments, quotes and the style of lists do not count. Variables stand in it by their name.
 */
final class DeclaredText {
    private final StringBuilder text = new StringBuilder();

    private DeclaredText() {}

    /** Of what stands under these keys at the top. */
    static String of(MappingNode top, Set<String> keys) {
        var declared = new DeclaredText();
        for (var entry : top.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode key && keys.contains(key.getValue())) {
                declared.add(key);
                declared.add(entry.getValueNode());
            }
        }
        return declared.text.toString();
    }

    private void add(Node node) {
        if (text.length() > SourceText.LARGEST) {
            // Aliases in aliases: nothing that anybody declares.
            return;
        }
        if (node instanceof MappingNode map) {
            text.append('{');
            map.getValue().forEach(entry -> {
                add(entry.getKeyNode());
                add(entry.getValueNode());
            });
            text.append('}');
        } else if (node instanceof SequenceNode list) {
            text.append('[');
            list.getValue().forEach(this::add);
            text.append(']');
        } else if (node instanceof ScalarNode scalar) {
            // With its length, so that no two trees have the same text.
            text.append(scalar.getValue().length()).append(':').append(scalar.getValue());
        }
    }
}
