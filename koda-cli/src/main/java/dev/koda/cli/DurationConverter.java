package dev.koda.cli;

import dev.koda.checks.settings.SettingType;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people type them, in the grammar of the settings: {@code 500ms}, {@code 30s}, {@code 2m}. */
final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return SettingType.DURATION
                .parse(text)
                .filter(duration -> !duration.isZero())
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is not " + SettingType.DURATION.expected() + ", more than nothing"));
    }
}
