package dev.koda.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The program by which this command was called; it stands in {@code _KODA_LAUNCHER}, which {@code bin/koda} exports.
 *
 * @param file the absolute path of {@code bin/koda}, or of the {@code koda} of a checkout; null where nobody said
 */
record Launcher(@Nullable Path file) {
    private static final String VARIABLE = "_KODA_LAUNCHER";

    static Launcher of(Shell shell) {
        var file = shell.environment().get(VARIABLE);
        return new Launcher(
                file == null || file.isBlank() ? null : shell.directory().resolve(file));
    }

    /** What to type to call it, from any directory. */
    String command() {
        return file == null ? "koda" : UpText.quoted(file.toString());
    }

    /** The path of an installed document with its anchor; the same text if it is none or is not there. */
    String locate(String docs) {
        int anchor = docs.indexOf('#');
        var name = anchor < 0 ? docs : docs.substring(0, anchor);
        if (file == null || name.contains("://")) {
            return docs;
        }
        return Stream.of(file.resolveSibling(name), file.resolveSibling("..").resolve(name))
                .map(Path::normalize)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(found -> found + docs.substring(name.length()))
                .orElse(docs);
    }
}
