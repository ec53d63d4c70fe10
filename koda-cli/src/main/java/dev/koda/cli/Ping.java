package dev.koda.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Tells a dead man's switch how a run ended, as healthchecks.io and what is compatible with it want to hear it: the URL
 * for success, the URL with {@code /fail} for anything else, the summary as the body. Whoever knows the URL may do the
 * same, so nothing says more than its host.
 */
final class Ping {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Shell shell;
    private final URI url;

    Ping(Shell shell, URI url) {
        this.shell = shell;
        this.url = url;
    }

    /** Sends it and waits for the answer; what goes wrong is said on standard error and changes nothing. */
    void send(boolean isSuccess, String summary) {
        var request = HttpRequest.newBuilder(isSuccess ? url : failed(url))
                .timeout(LIMIT)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofString(summary))
                .build();
        var client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
        try {
            int status = DoctorRun.await(client.sendAsync(request, BodyHandlers.discarding()))
                    .statusCode();
            if (status < 200 || status > 299) {
                shell.say("koda doctor: " + url.getHost() + " answered the ping with HTTP " + status);
            }
        } catch (RuntimeException unheard) {
            shell.say("koda doctor: the ping did not reach " + url.getHost());
        }
    }

    /** The query, if there is one, stays the last part. */
    static URI failed(URI url) {
        var text = url.toString();
        int end = text.indexOf('?') < 0 ? text.length() : text.indexOf('?');
        var path = text.substring(0, end);
        return URI.create((path.endsWith("/") ? path : path + "/") + "fail" + text.substring(end));
    }
}
