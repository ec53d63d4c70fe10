package dev.koda.server.metrics;

/** The closed set of values that the label {@code route} has; an alias counts as what it stands for. */
public enum Route {
    HEALTH("/health"),
    READINESS("/api/runtime/readiness"),
    METRICS("/metrics"),
    OPERATIONS("/api/operations"),
    PAGE("/operations"),
    /** And the runbooks beside them. */
    DOCS("/docs/checks"),
    /** Whatever has no route. */
    OTHER("other");

    private final String path;

    Route(String path) {
        this.path = path;
    }

    /** The value of the label. */
    public String path() {
        return path;
    }

    /** The route that a path behind the router belongs to. */
    public static Route of(String path) {
        if (path.equals(METRICS.path)) {
            return METRICS;
        }
        if (path.startsWith(OPERATIONS.path + "/")) {
            return OPERATIONS;
        }
        if (path.equals("/") || path.equals(PAGE.path) || path.startsWith(PAGE.path + "/")) {
            return PAGE;
        }
        return path.startsWith("/docs/") ? DOCS : OTHER;
    }
}
