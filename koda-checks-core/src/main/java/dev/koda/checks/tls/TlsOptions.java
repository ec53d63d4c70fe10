package dev.koda.checks.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What certificates are held against.
 *
 * @param warnDays warns when fewer days are left, and never before a quarter of the lifetime is left
 * @param failDays fails when fewer days are left, and never before a tenth of the lifetime is left
 * @param roots PEM file with authorities to trust beside those of the JDK; null for none
 * @param files PEM files of certificates that servers of this host are meant to present
 * @param keys PEM files with keys that belong to those certificates; each is read to be tried, and never shown
 */
public record TlsOptions(
        double warnDays, double failDays, @Nullable Path roots, List<Path> files, List<Path> keys) {
    /** 30 and 7 days, the authorities of the JDK, no files. */
    public static final TlsOptions DEFAULT = new TlsOptions(30, 7, null, List.of(), List.of());

    public TlsOptions {
        Objects.requireNonNull(files, "files");
        files = List.copyOf(files);
        keys = List.copyOf(keys);
        if (!(0 <= failDays && failDays <= warnDays)) {
            throw new IllegalArgumentException(
                    "limits must be 0 <= fail <= warn days, not fail " + failDays + " and warn " + warnDays);
        }
    }

    /** The same with other limits. */
    public TlsOptions days(double warn, double fail) {
        return new TlsOptions(warn, fail, roots, files, keys);
    }

    /** The same with authorities to trust beside those of the JDK. */
    public TlsOptions roots(Path pem) {
        return new TlsOptions(warnDays, failDays, pem, files, keys);
    }

    /** The same with files that servers of this host are meant to present. */
    public TlsOptions files(List<Path> pems) {
        return new TlsOptions(warnDays, failDays, roots, pems, keys);
    }

    /** The same with the keys of those files, in any order. */
    public TlsOptions keys(List<Path> pems) {
        return new TlsOptions(warnDays, failDays, roots, files, pems);
    }
}
