package dev.koda.checks.stack;

import dev.koda.checks.postgres.PostgresOptions;
import dev.koda.checks.postgres.SslMode;
import dev.koda.checks.settings.PostgresDsn;
import dev.koda.checks.settings.Settings;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads options of checks out of a connection string. */
final class PostgresOptionsOf {
    private PostgresOptionsOf() {}

    /** The server, the role and what is asked of TLS. */
    static PostgresOptions of(PostgresDsn dsn, Settings settings) {
        var secret = dsn.password();
        var password = secret == null ? "" : secret.reveal();
        var options = PostgresOptions.of(
                        dsn.host().name(), dsn.host().port(), dsn.database(), dsn.user(), () -> password)
                .sslMode(
                        SslMode.of(dsn.sslMode().name().toLowerCase(Locale.ROOT).replace('_', '-')))
                .production(settings.isProduction());
        var root = dsn.rootCertificate();
        return root == null ? options : options.rootCertificate(root);
    }

    /** Why it cannot be looked at, to stand behind its name; null if it can. */
    static @Nullable String obstacle(PostgresDsn dsn) {
        if (dsn.hosts().size() > 1) {
            return " names several hosts, of which any may be down: they are not looked at";
        }
        if (dsn.host().isSocket()) {
            return " names a Unix socket, which is not looked at";
        }
        try {
            dsn.rootCertificate();
            return null;
        } catch (InvalidPathException notAPath) {
            return " has an sslrootcert that is no path on this host";
        }
    }
}
