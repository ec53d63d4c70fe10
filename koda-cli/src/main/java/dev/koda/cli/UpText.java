package dev.koda.cli;

import dev.koda.checks.settings.Settings;
import dev.koda.cli.OperationsClient.LoginLink;
import dev.koda.server.embedded.StateDirectory;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where a running stack answers and how to sign in. Says where the token is, never what it is. */
final class UpText {
    private static final Duration LINK_LIMIT = Duration.ofSeconds(3);

    private UpText() {}

    /** A link that logs a browser in; empty if the server makes none now, such as while its store is being opened. */
    static Optional<LoginLink> link(Settings settings, String url) {
        try {
            var client = new OperationsClient(URI.create(url), ServerAccess.token(settings, "this")).within(LINK_LIMIT);
            return Optional.of(client.loginLink(null));
        } catch (DoctorException notNow) {
            return Optional.empty();
        }
    }

    static String of(StateDirectory place, Optional<LoginLink> link, String url, Launcher launcher) {
        var later = launcher.command() + " login-link --env-file "
                + quoted(place.environment().toString());
        var page = link.map(good -> "%s\n    (logs in once, within %d seconds; then: %s)"
                        .formatted(good.url(), good.seconds(), later))
                .orElse(url + "/operations\n    (a link that logs in: " + later + ")");
        var environment = quoted(place.environment().toString());
        return """

                Koda is up: %2$s

                  %6$s

                  %1$s/health
                  %1$s/api/runtime/readiness
                  %1$s/metrics
                  %1$s/api/operations/doctor   (with the token)

                The token is CONTROL_PLANE_API_TOKEN in %3$s:
                  sed -n 's/^CONTROL_PLANE_API_TOKEN=/Authorization: Bearer /p' %3$s | curl -H @- %1$s/api/operations/doctor

                In another terminal: %4$s doctor --env-file %3$s
                The logs are in %5$s.
                Ctrl-C stops everything and keeps the data.
                """.formatted(url, place, environment, launcher.command(), place.logs(), page);
    }

    /** For a shell, in which a path with a blank would be two words. */
    static String quoted(String path) {
        return path.matches("[A-Za-z0-9_./+-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
