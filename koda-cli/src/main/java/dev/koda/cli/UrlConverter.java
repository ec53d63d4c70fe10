package dev.koda.cli;

import dev.koda.checks.settings.SettingType;
import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An address of the web; what is none is not repeated, because it may hold a secret. */
final class UrlConverter implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
        return SettingType.URL
                .parse(text)
                .filter(url -> url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null)
                .orElseThrow(() -> new TypeConversionException(
                        "the URL must begin with http:// or https:// and a host, and have no user in it"));
    }
}
