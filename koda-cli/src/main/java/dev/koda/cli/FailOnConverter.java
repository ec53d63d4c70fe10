package dev.koda.cli;

import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words of {@code --fail-on}, in any case. */
final class FailOnConverter implements ITypeConverter<FailOn> {
    @Override
    public FailOn convert(String text) {
        var word = text.toLowerCase(Locale.ROOT);
        return Stream.of(FailOn.values())
                .filter(status -> status.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not warn or fail"));
    }
}
