package dev.koda.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A section of the documentation on a person's screen: as wide as it is, tables in columns. Elsewhere it stays Markdown. */
public final class ExplanationText {
    private static final String GAP = "  ";
    private static final int NARROWEST_CELL = 20;

    private final StringBuilder text = new StringBuilder(2048);
    private final TextStyle style;
    private final List<String> paragraph = new ArrayList<>();
    private final List<List<String>> table = new ArrayList<>();
    private boolean isCode;

    private ExplanationText(TextStyle style) {
        this.style = style;
    }

    /** The whole text, ending with a line end. */
    public static String render(String markdown, TextStyle style) {
        if (!style.terminal()) {
            return markdown;
        }
        var explanation = new ExplanationText(style);
        markdown.lines().forEach(explanation::line);
        explanation.end();
        return explanation.text.toString();
    }

    private void line(String line) {
        if (line.startsWith("```")) {
            end();
            isCode = !isCode;
        } else if (isCode) {
            put(GAP + line);
        } else if (line.startsWith("|")) {
            endParagraph();
            row(line);
        } else if (line.startsWith("#")) {
            end();
            put(Ink.BOLD.paint(line.replaceFirst("^#+ *", ""), style));
        } else if (line.isBlank()) {
            end();
            put("");
        } else {
            endTable();
            if (line.startsWith("- ")) {
                endParagraph();
            }
            paragraph.add(line.strip());
        }
    }

    private void row(String line) {
        var cells = Arrays.stream(line.replaceAll("^\\|\\s*|\\s*\\|\\s*$", "").split("(?<!\\\\)\\|", -1))
                .map(cell -> cell.strip().replace("\\|", "|").replace("`", ""))
                .toList();
        if (cells.stream().anyMatch(cell -> !cell.matches(":?-+:?"))) {
            table.add(cells);
        }
    }

    private void end() {
        endParagraph();
        endTable();
    }

    private void endParagraph() {
        if (!paragraph.isEmpty()) {
            var words = Lines.safe(String.join(" ", paragraph), style);
            boolean isItem = words.startsWith("- ");
            var lines = Lines.wrapped(words, style.columns() - (isItem ? 2 : 0));
            put(lines.get(0));
            lines.subList(1, lines.size()).forEach(more -> put((isItem ? GAP : "") + more));
            paragraph.clear();
        }
    }

    private void endTable() {
        int columns = table.stream().mapToInt(List::size).max().orElse(0);
        var widths = new int[columns];
        for (var row : table) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], Lines.width(Lines.safe(row.get(i), style)));
            }
        }
        for (int i = 0; i < table.size(); i++) {
            row(table.get(i), widths, i == 0);
        }
        table.clear();
    }

    /** The last cell goes on under itself, or under the others where these leave it no room. */
    private void row(List<String> cells, int[] widths, boolean isHead) {
        var start = new StringBuilder();
        for (int i = 0; i < cells.size() - 1; i++) {
            start.append(GAP).append(Lines.padded(Lines.safe(cells.get(i), style), widths[i]));
        }
        start.append(GAP);
        boolean fits = style.columns() - start.length() >= NARROWEST_CELL;
        int indent = fits ? Lines.width(start.toString()) : 2 * GAP.length();
        var last = cells.isEmpty() ? "" : cells.get(cells.size() - 1);
        var lines = Lines.wrapped(Lines.safe(last, style), style.columns() - indent);
        var first = fits ? start + lines.get(0) : start.toString().stripTrailing();
        put(isHead ? Ink.DIM.paint(first.stripTrailing(), style) : first.stripTrailing());
        lines.subList(fits ? 1 : 0, lines.size()).forEach(more -> put(" ".repeat(indent) + more));
    }

    private void put(String line) {
        text.append(line).append('\n');
    }
}
