package dev.koda.cli;

import dev.koda.checks.Nearest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * One {@code -o FORMAT[=FILE]}.
 *
 * @param format how the report is written
 * @param file where, as the caller named it; null for standard output
 */
record Output(OutputFormat format, @Nullable String file) {
    private static final int FARTHEST = 3;

    static final class Converter implements ITypeConverter<Output> {
        @Override
        public Output convert(String text) {
            int end = text.indexOf('=');
            var word = end < 0 ? text : text.substring(0, end);
            var file = end < 0 ? null : text.substring(end + 1);
            var format = OutputFormat.find(word).orElseThrow(() -> unknown(word));
            if (file != null && file.isBlank()) {
                throw new TypeConversionException("'" + text + "' names no file after the =");
            }
            return new Output(format, file);
        }

        private static TypeConversionException unknown(String word) {
            var nearest = Nearest.of(word, OutputFormat.words(), FARTHEST);
            return new TypeConversionException("'" + word + "' is no format; there is "
                    + String.join(", ", OutputFormat.words())
                    + (nearest == null ? "" : " (did you mean " + nearest + "?)"));
        }
    }
}
