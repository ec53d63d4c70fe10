package dev.koda.cli.output;

/**
 * What the place where text goes can show.
 *
 * @param terminal true for a person's screen, false for a pipe, a file or a log
 * @param columns the width of a terminal, from {@value #NARROWEST} to {@value #WIDEST}: longer lines are hard to read
 * @param colour whether colour and weight are wanted
 * @param unicode whether more than ASCII arrives
 */
public record TextStyle(boolean terminal, int columns, boolean colour, boolean unicode) {
    private static final int NARROWEST = 40;
    private static final int WIDEST = 160;

    public TextStyle {
        columns = Math.min(Math.max(columns, NARROWEST), WIDEST);
    }

    /** A pipe, a file or a log: one line an entry, never wrapped, never coloured. */
    public static TextStyle plain(boolean unicode) {
        return new TextStyle(false, NARROWEST, false, unicode);
    }

    /** A person's screen. */
    public static TextStyle terminal(int columns, boolean colour, boolean unicode) {
        return new TextStyle(true, columns, colour, unicode);
    }
}
