package dev.koda.checks.postgres.state;

import dev.koda.checks.Outcome;
import dev.koda.checks.sql.SqlRow;
import org.jspecify.annotations.Nullable;

/** What a role needs to see others than itself. */
final class Privilege {
    /** The columns that {@link #missing} reads. */
    static final String COLUMNS = "pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS may_see,"
            + " quote_ident(current_user) AS role";

    private Privilege() {}

    /** A warning with the exact GRANT where the role may not see all; null where it may. */
    static @Nullable Outcome missing(SqlRow row, String what) {
        if (row.isTrue("may_see")) {
            return null;
        }
        return Outcome.warn("the role may not see " + what + "; a member of pg_monitor may")
                .reason("missing_privilege")
                .hint("GRANT pg_monitor TO " + row.text("role", "CURRENT_USER") + ";");
    }
}
