package dev.koda.checks.testing;

/** How often a test repeats what is random or slow to show itself; {@code ./verify --long} asks for more. */
public final class Rounds {
    private static final boolean IS_LONG = Boolean.getBoolean("koda.long");

    private Rounds() {}

    /** The first number in the ordinary build, the second one in the long one. */
    public static int of(int usual, int many) {
        return IS_LONG ? many : usual;
    }
}
