package dev.koda.checks.settings;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** YAML text as a tree of nodes that know their place, within limits that keep a small file from growing large. */
final class YamlTree {
    private static final int USUAL_ALIASES = 20;
    private static final int DEEPEST = 20;

    private final SourceText source;
    private final int mostAliases;
    private final LoadSettings settings;
    private int aliases;
    private int depth;
    private int documents;

    YamlTree(SourceText source) {
        this(source, USUAL_ALIASES);
    }

    /**
     * @param mostAliases how many there may be; each is a node that is there once more, and none is copied
     */
    YamlTree(SourceText source, int mostAliases) {
        this.source = source;
        this.mostAliases = mostAliases;
        this.settings = LoadSettings.builder()
                .setLabel(String.valueOf(source.file().getFileName()))
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(mostAliases)
                .setCodePointLimit(SourceText.LARGEST)
                .build();
    }

    /** The root, or null if there is none or the text is not usable; problems go to the source. */
    @Nullable
    Node root() {
        try {
            for (var event : new Parse(settings).parseString(source.text())) {
                if (!isWithinLimits(event)) {
                    return null;
                }
            }
            return new Compose(settings).composeString(source.text()).orElse(null);
        } catch (MarkedYamlEngineException e) {
            report(e.getProblemMark().or(e::getContextMark).orElse(null), "is not YAML: " + withoutValues(e));
            return null;
        } catch (YamlEngineException e) {
            source.problem(0, "is not YAML");
            return null;
        }
    }

    private boolean isWithinLimits(Event event) {
        if (event instanceof CollectionStartEvent) {
            depth++;
        } else if (event instanceof CollectionEndEvent) {
            depth--;
        } else if (event instanceof AliasEvent) {
            aliases++;
        } else if (event instanceof DocumentStartEvent) {
            documents++;
        }
        String broken = null;
        if (depth > DEEPEST) {
            broken = "is nested deeper than " + DEEPEST + " levels";
        } else if (aliases > mostAliases) {
            broken = "has more than " + mostAliases + " aliases";
        } else if (documents > 1) {
            broken = "has more than one document";
        }
        if (broken != null) {
            report(event.getStartMark().orElse(null), broken);
        }
        return broken == null;
    }

    private void report(@Nullable Mark mark, String message) {
        source.problems.add(new SettingsProblem(
                source.file(),
                mark == null ? 1 : mark.getLine() + 1,
                mark == null ? 1 : mark.getColumn() + 1,
                message,
                null));
    }

    /** The parser's own words end where it begins to quote the file: a value may begin with {@code *} or {@code !}. */
    private static String withoutValues(MarkedYamlEngineException e) {
        var problem = String.valueOf(e.getProblem());
        int end = problem.indexOf('\n');
        var line = (end < 0 ? problem : problem.substring(0, end))
                .replaceFirst("^(found (?:undefined|duplicate) (?:alias|anchor|tag handle|key)).*", "$1");
        return line.length() <= 160 ? line : line.substring(0, 160) + "...";
    }
}
