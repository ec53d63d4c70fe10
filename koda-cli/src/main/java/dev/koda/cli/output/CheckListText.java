package dev.koda.cli.output;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Skipped;
import java.util.List;
import java.util.stream.Stream;

/** The checks of a stack for people and pipes: one line for each, the first word says whether it applies. */
public final class CheckListText {
    private static final int WORD_COLUMNS = 6;
    private static final String GAP = "  ";

    private CheckListText() {}

    /** The whole text; on a terminal a title that is too long goes on under itself. */
    public static String render(List<CheckSpec> checks, List<Skipped> skipped, TextStyle style) {
        var ids = Stream.concat(
                checks.stream().map(CheckSpec::id), skipped.stream().map(Skipped::id));
        int columns = ids.map(CheckId::toString).mapToInt(Lines::width).max().orElse(0);
        int most = style.terminal() ? style.columns() * 9 / 20 : columns;
        var text = new StringBuilder();
        checks.forEach(check -> line(text, "CHECK", check.id(), Math.min(columns, most), check.title(), style));
        skipped.forEach(skip -> line(text, "SKIP", skip.id(), Math.min(columns, most), skip.why(), style));
        return text.toString();
    }

    private static void line(
            StringBuilder text, String word, CheckId id, int idColumns, String words, TextStyle style) {
        var name = Lines.safe(id.toString(), style);
        var safe = Lines.safe(words, style);
        int indent = WORD_COLUMNS + idColumns + GAP.length();
        var lines = style.terminal() ? Lines.wrapped(safe, style.columns() - indent) : List.of(safe);
        boolean fits = Lines.width(name) <= idColumns;
        text.append(Lines.padded(word, WORD_COLUMNS));
        text.append(fits ? Lines.padded(name, idColumns) + GAP + lines.get(0) : name)
                .append('\n');
        for (var more : lines.subList(fits ? 1 : 0, lines.size())) {
            text.append(" ".repeat(indent)).append(more).append('\n');
        }
    }
}
