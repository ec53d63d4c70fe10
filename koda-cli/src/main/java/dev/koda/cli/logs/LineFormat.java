package dev.koda.cli.logs;

/** How lines are shown. */
@FunctionalInterface
interface LineFormat {
    /** Writes one. */
    void write(Reading reading, LineOutput output);

    /** The mark of a line that was longer than {@link LineSplitter#LONGEST}. */
    String CUT = " [cut at 1 MiB]";

    /** At most as much of a text as is shown of a line. */
    static String limited(String text) {
        return text.length() > LineSplitter.LONGEST ? text.substring(0, LineSplitter.LONGEST) : text;
    }
}
