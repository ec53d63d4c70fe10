package dev.koda.cli.output;

import dev.koda.checks.Report;
import java.util.function.UnaryOperator;

/**
 * A report for people: a table on a terminal, one line for each check elsewhere. Categories stand in their order, what to
 * do about what is not right comes last, then one line with the counts.
 */
public final class ReportText {
    private ReportText() {}

    /** The whole text, ending with a line end; what is documented is named as its check names it. */
    public static String render(Report report, TextStyle style) {
        return render(report, style, UnaryOperator.identity());
    }

    /**
     * The whole text, ending with a line end.
     *
     * @param locate where a reader finds what a check names as its documentation, such as an installed file
     */
    public static String render(Report report, TextStyle style, UnaryOperator<String> locate) {
        return style.terminal()
                ? new TerminalTable(report, style, locate).render()
                : new PlainLines(report, style, locate).render();
    }
}
