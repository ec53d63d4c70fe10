package dev.koda.cli;

import dev.koda.checks.CheckId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Tells a server that a job has run. Follows no redirect, which would take the token elsewhere. */
final class Beat {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Shell shell;
    private final URI server;
    private final String token;

    Beat(Shell shell, URI server, String token) {
        this.shell = shell;
        this.server = server;
        this.token = token;
    }

    /** Sends it and waits for the answer; what goes wrong is said on standard error, and false. */
    boolean send(CheckId id, int exit) {
        var request = HttpRequest.newBuilder(
                        URI.create(ServerAccess.base(server) + "/api/operations/heartbeats/" + id + "/" + exit))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.noBody())
                .build();
        var client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
        try {
            int status = DoctorRun.await(client.sendAsync(request, BodyHandlers.discarding()))
                    .statusCode();
            if (status == 204) {
                return true;
            }
            shell.say("koda beat: " + server.getHost() + " did not take the heartbeat: HTTP " + status
                    + (status == 401 ? ", so it does not expect " + id + ", or its secret is another one" : ""));
        } catch (RuntimeException unheard) {
            shell.say("koda beat: the heartbeat did not reach " + server.getHost());
        }
        return false;
    }
}
