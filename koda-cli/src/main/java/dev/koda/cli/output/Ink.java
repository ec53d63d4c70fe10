package dev.koda.cli.output;

/** Colour and weight of a terminal, by the SGR codes of ECMA-48. */
public enum Ink {
    BOLD("1"),
    DIM("2"),
    RED("1;31"),
    GREEN("32"),
    YELLOW("33"),
    BLUE("34"),
    MAGENTA("35"),
    CYAN("36"),
    BRIGHT_GREEN("92"),
    BRIGHT_BLUE("94"),
    BRIGHT_MAGENTA("95"),
    BRIGHT_CYAN("96");

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    /** The text in this ink; as it is where colour is not wanted. */
    public String paint(String text, TextStyle style) {
        return style.colour() && !text.isEmpty() ? "\u001b[" + code + 'm' + text + "\u001b[0m" : text;
    }
}
