package dev.koda.checks.settings;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a value comes from. Prints for people: {@code environment}, {@code /etc/koda/.env:12} or
 * {@code derived from POSTGRES_USER}.
 *
 * @param layer the layer that won
 * @param file the file it was read from, or null where there is none
 * @param line the line in that file, 1 for the first; 0 where there is none
 * @param from the name it was read or derived from where that is another one, such as {@code NAME_FILE}, or null
 */
public record Origin(
        Layer layer,
        @Nullable Path file,
        int line,
        @Nullable String from) {
    public Origin {
        Objects.requireNonNull(layer, "layer");
    }

    static Origin of(Layer layer) {
        return new Origin(layer, null, 0, null);
    }

    static Origin inFile(Layer layer, Path file, int line) {
        return new Origin(layer, file, line, null);
    }

    static Origin derivedFrom(String names) {
        return new Origin(Layer.DERIVED, null, 0, names);
    }

    /** True if somebody wrote the value down, so that it is neither derived nor a default. */
    public boolean isExplicit() {
        return layer != Layer.DERIVED && layer != Layer.DEFAULT;
    }

    @Override
    public String toString() {
        if (layer == Layer.DERIVED) {
            return "derived from " + from;
        }
        if (file == null) {
            return layer.label();
        }
        if (from != null) {
            return layer.label() + " " + from + " (" + file + ")";
        }
        return line == 0 ? file.toString() : file + ":" + line;
    }
}
