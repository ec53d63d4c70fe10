package dev.koda.cli.logs;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a line says.
 *
 * @param level null if it names none
 * @param message what is left of it without level, time and fields; may be empty
 * @param fields in their order; what is nested by its path, such as {@code http.status}
 * @param isJson false if the fields are part of the message
 */
record Parsed(@Nullable Level level, String message, Map<String, String> fields, boolean isJson) {}
