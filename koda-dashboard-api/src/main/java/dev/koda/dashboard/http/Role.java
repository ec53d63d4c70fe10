package dev.koda.dashboard.http;

import java.util.Locale;

/** What an operator may do; each may what the ones before it may. */
public enum Role {
    /** Looks at everything. */
    VIEWER,
    /** Besides: verifies, annotates. */
    OPERATOR,
    /** Besides: operators, exports, retention. */
    ADMIN;

    /** True if this role may do what asks for the other. */
    public boolean covers(Role other) {
        return compareTo(other) >= 0;
    }

    /** In lower case, as in JSON and on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
