package dev.koda.cli.logs;

import dev.koda.cli.output.Lines;
import dev.koda.cli.output.TextStyle;

/** Foreign text for a terminal. */
final class SafeText {
    private static final String TAB = "    ";

    private SafeText() {}

    /** The text with blanks for tabs and question marks for what would steer a terminal or turn text around. */
    static String of(String text, TextStyle style) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return Lines.safe(text.replace("\t", TAB), style);
            }
        }
        return text;
    }
}
