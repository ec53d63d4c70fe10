package dev.koda.cli.output;

/** Text inside XML and HTML: what those languages take for their own is escaped, what they forbid is a question mark. */
final class Markup {
    private static final TextStyle ANY = TextStyle.plain(true);

    private Markup() {}

    /** The text as content of an element or value of an attribute; XML 1.0 cannot even escape most controls. */
    static String escaped(String text) {
        return Lines.safe(text, ANY)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
