package dev.koda.cli.output;

import dev.koda.checks.Report;

/**
 * A report for people: a table on a terminal, one line for each check elsewhere. Categories stand in their order, what to
 * do about what is not right comes last, then one line with the counts.
 */
public final class ReportText {
    private ReportText() {}

    /** The whole text, ending with a line end. */
    public static String render(Report report, TextStyle style) {
        return style.terminal() ? new TerminalTable(report, style).render() : new PlainLines(report, style).render();
    }
}
