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
        var text = new StringBuilder();
        checks.forEach(check -> line(text, "CHECK", check.id(), columns, check.title(), style));
        skipped.forEach(skip -> line(text, "SKIP", skip.id(), columns, skip.why(), style));
        return text.toString();
    }

    private static void line(
            StringBuilder text, String word, CheckId id, int idColumns, String words, TextStyle style) {
        var begin = Lines.padded(word, WORD_COLUMNS) + Lines.padded(Lines.safe(id.toString(), style), idColumns) + GAP;
        int left = style.columns() - Lines.width(begin);
        var safe = Lines.safe(words, style);
        var lines = style.terminal() && left >= 20 ? Lines.wrapped(safe, left) : List.of(safe);
        text.append(begin).append(lines.get(0)).append('\n');
        for (var more : lines.subList(1, lines.size())) {
            text.append(" ".repeat(Lines.width(begin))).append(more).append('\n');
        }
    }
}
