package dev.koda.cli;

import dev.koda.server.embedded.StateDirectory;

/** Where a running stack answers and how to sign in. Says where the token is, never what it is. */
final class UpText {
    private UpText() {}

    static String of(StateDirectory place, String url, Launcher launcher) {
        var environment = quoted(place.environment().toString());
        return """

                Koda is up: %2$s

                  %1$s/health
                  %1$s/api/runtime/readiness
                  %1$s/metrics
                  %1$s/api/operations/doctor   (with the token)

                The token is CONTROL_PLANE_API_TOKEN in %3$s:
                  sed -n 's/^CONTROL_PLANE_API_TOKEN=/Authorization: Bearer /p' %3$s | curl -H @- %1$s/api/operations/doctor

                In another terminal: %4$s doctor --env-file %3$s
                The logs are in %5$s.
                Ctrl-C stops everything and keeps the data.
                """.formatted(url, place, environment, launcher.command(), place.logs());
    }

    /** For a shell, in which a path with a blank would be two words. */
    static String quoted(String path) {
        return path.matches("[A-Za-z0-9_./+-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
