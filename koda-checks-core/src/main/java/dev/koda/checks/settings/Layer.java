package dev.koda.checks.settings;

/** Where a value can come from; the first that has the name wins. */
public enum Layer {
    FLAG("flag"),
    ENVIRONMENT("environment"),
    ENV_FILE(".env file"),
    STACK_FILE("koda.yaml"),
    /** Made from other settings as Koda's compose file makes it. */
    DERIVED("derived"),
    DEFAULT("default");

    private final String label;

    Layer(String label) {
        this.label = label;
    }

    /** One or two words for people. */
    public String label() {
        return label;
    }
}
