package dev.koda.server.logging;

import dev.koda.checks.settings.Settings;

/** How log lines look ({@code LOG_FORMAT}). */
public enum LogFormat {
    /** A JSON object a line, as docs/log-schema.json says. */
    JSON,
    /** Columns for people. */
    CONSOLE;

    /**
     * What is asked for: {@link #CONSOLE} if somebody wrote that down, else {@link #JSON}. That Koda itself logs for people by
     * default does not count.
     */
    public static LogFormat of(Settings settings) {
        return settings.value("LOG_FORMAT")
                .filter(value -> value.origin().isExplicit())
                .filter(value -> value.text().strip().equalsIgnoreCase("console"))
                .map(console -> CONSOLE)
                .orElse(JSON);
    }
}
