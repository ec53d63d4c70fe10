package dev.koda.checks.sql;

/** Names of schemas, tables and roles as SQL writes them. */
public final class SqlNames {
    private SqlNames() {}

    /** In double quotes, so that any name is one word and means itself; quotes in it are doubled. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
