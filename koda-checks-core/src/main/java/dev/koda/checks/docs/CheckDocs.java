package dev.koda.checks.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The sections of docs/checks.md, which the jar carries, by the anchor of their check. Immutable. */
public final class CheckDocs {
    private static final String RESOURCE = "/docs/checks.md";
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([a-z0-9-]+)\"></a>");
    private static final Pattern HEADING = Pattern.compile("#{1,3} .*");

    private final Map<String, String> sections;
    private final List<String> ids;

    private CheckDocs(Map<String, String> sections, List<String> ids) {
        this.sections = Map.copyOf(sections);
        this.ids = List.copyOf(ids);
    }

    /** The documentation of this version. */
    public static CheckDocs bundled() {
        try (var in = CheckDocs.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + RESOURCE);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    /** A section begins at a heading of at most three #, which carries its anchor or stands beside it, and ends at the next. */
    static CheckDocs parse(String markdown) {
        var sections = new HashMap<String, StringBuilder>();
        var current = new StringBuilder();
        var waiting = new ArrayList<String>();
        var lines = markdown.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            boolean isHeading = HEADING.matcher(lines.get(i)).matches();
            if (isHeading) {
                current = new StringBuilder();
            }
            var anchors = ANCHOR.matcher(lines.get(i));
            waiting.addAll(anchors.results().map(found -> found.group(1)).toList());
            if (isHeading || !isHeadingNext(lines, i)) {
                for (var anchor : waiting) {
                    sections.put(anchor, current);
                }
                waiting.clear();
            }
            current.append(anchors.replaceAll("").stripTrailing()).append('\n');
        }
        var texts = new HashMap<String, String>();
        sections.forEach((anchor, text) -> texts.put(anchor, text.toString().strip() + "\n"));
        var ids = lines.stream()
                .filter(line -> HEADING.matcher(line).matches())
                .map(line -> line.replaceFirst("#+ ", "").strip())
                .filter(heading -> heading.indexOf('.') > 0 && texts.containsKey(heading.replace('.', '-')))
                .toList();
        return new CheckDocs(texts, ids);
    }

    private static boolean isHeadingNext(List<String> lines, int line) {
        return lines.stream()
                .skip(line + 1L)
                .filter(text -> !text.isBlank())
                .findFirst()
                .filter(text -> HEADING.matcher(text).matches())
                .isPresent();
    }

    /** The section of a check, by its id ({@code disk.space}) or its anchor ({@code disk-space}). */
    public Optional<String> of(String id) {
        return Optional.ofNullable(sections.get(id.replace('.', '-')));
    }

    /** The ids of all checks that have a section of their own, in the order of the page: those that are its heading. */
    public List<String> ids() {
        return ids;
    }
}
