package dev.koda.cli.output;

/** Colour and weight of a terminal, by the SGR codes of ECMA-48. */
enum Ink {
    BOLD("1"),
    DIM("2"),
    RED("1;31"),
    GREEN("32"),
    YELLOW("33");

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    String paint(String text, TextStyle style) {
        return style.colour() && !text.isEmpty() ? "\u001b[" + code + 'm' + text + "\u001b[0m" : text;
    }
}
