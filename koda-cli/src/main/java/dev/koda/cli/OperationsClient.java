package dev.koda.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks the operations API of a server. Follows no redirect, which would take the token elsewhere. Blocks. */
final class OperationsClient {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    /** Until an answer begins: a verification reads the whole log before. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final Set<Integer> DONE = Set.of(200, 201, 204);

    private static final int LONGEST_DETAIL = 500;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
    private final URI server;
    private final String token;
    private final Duration limit;

    private OperationsClient(URI server, String token, Duration limit) {
        this.server = server;
        this.token = token;
        this.limit = limit;
    }

    OperationsClient(URI server, String token) {
        this(server, token, LIMIT);
    }

    /** The same for who cannot wait that long. */
    OperationsClient within(Duration shorter) {
        return new OperationsClient(server, token, shorter);
    }

    /**
     * The lines of an answer as they come; the caller closes the stream.
     *
     * @param path below {@code /api/operations}, with the query string
     * @throws DoctorException if there is no such answer, with one sentence for people
     */
    Stream<String> lines(String method, String path, Map<String, String> headers) {
        return ask(request(method, path, BodyPublishers.noBody(), headers)).body();
    }

    /** A whole answer that is one JSON object. */
    JsonObject json(String method, String path) {
        return whole(request(method, path, BodyPublishers.noBody(), Map.of()));
    }

    /** The same for what is sent with a JSON object. */
    JsonObject json(String method, String path, JsonObject body) {
        return whole(request(
                method, path, BodyPublishers.ofString(body.encode()), Map.of("Content-Type", "application/json")));
    }

    /** The same; empty if the answer has one of these codes. */
    Optional<JsonObject> jsonUnless(Set<Integer> codes, String method, String path) {
        var answer = send(request(method, path, BodyPublishers.noBody(), Map.of()));
        if (codes.contains(answer.statusCode())) {
            answer.body().close();
            return Optional.empty();
        }
        return Optional.of(object(accepted(answer)));
    }

    /** Does what has no answer but that it is done. */
    void done(String method, String path) {
        ask(request(method, path, BodyPublishers.noBody(), Map.of())).body().close();
    }

    /**
     * A link with which a browser logs in, once.
     *
     * @param name of whom; null for who has the token of the settings
     */
    LoginLink loginLink(@Nullable String name) {
        var made = json("POST", "/login-links", name == null ? new JsonObject() : new JsonObject().put("name", name));
        // In the fragment, which a browser sends nowhere and no log has.
        var url = ServerAccess.base(server) + "/operations#login=" + made.getString("link", "");
        return new LoginLink(url, made.getLong("seconds", 0L));
    }

    /** A link and how long it is good. */
    record LoginLink(String url, long seconds) {}

    private HttpRequest request(String method, String path, BodyPublisher body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(ServerAccess.base(server) + "/api/operations" + path))
                .timeout(limit)
                .method(method, body)
                .header("Authorization", "Bearer " + token);
        headers.forEach(request::header);
        return request.build();
    }

    private JsonObject whole(HttpRequest request) {
        return object(ask(request));
    }

    private JsonObject object(HttpResponse<Stream<String>> answer) {
        try (var lines = answer.body()) {
            return new JsonObject(lines.collect(Collectors.joining("\n")));
        } catch (DecodeException notOurs) {
            throw new DoctorException(ExitCode.USAGE, "what " + server + " answered is not JSON");
        }
    }

    private HttpResponse<Stream<String>> ask(HttpRequest request) {
        return accepted(send(request));
    }

    private HttpResponse<Stream<String>> accepted(HttpResponse<Stream<String>> answer) {
        if (!DONE.contains(answer.statusCode())) {
            throw refused(answer);
        }
        return answer;
    }

    private HttpResponse<Stream<String>> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofLines());
        } catch (IOException failure) {
            throw new DoctorException(ExitCode.FAIL, "no answer from " + server + ": " + why(failure));
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
            throw new DoctorException(ExitCode.INTERRUPTED, "interrupted");
        }
    }

    private static String why(IOException failure) {
        if (failure instanceof HttpTimeoutException) {
            return "it did not answer in time";
        }
        if (failure instanceof SSLException) {
            return "its TLS certificate or protocol is not accepted here";
        }
        return failure instanceof ConnectException
                ? "the connection is refused or not possible"
                : "the connection broke";
    }

    /** The answer's own words are for people, and are a foreign text all the same. */
    private DoctorException refused(HttpResponse<Stream<String>> answer) {
        int status = answer.statusCode();
        if (status == 401) {
            return new DoctorException(
                    ExitCode.USAGE, server + " does not take our CONTROL_PLANE_API_TOKEN (HTTP " + status + ")");
        }
        var detail = detail(answer).replaceAll("[^ -~]", "?");
        var what = detail.isEmpty() ? "" : ": " + detail.substring(0, Math.min(LONGEST_DETAIL, detail.length()));
        return new DoctorException(
                status < 500 ? ExitCode.USAGE : ExitCode.FAIL, server + " answered HTTP " + status + what);
    }

    private static String detail(HttpResponse<Stream<String>> answer) {
        try (var lines = answer.body()) {
            return new JsonObject(lines.limit(100).collect(Collectors.joining("\n"))).getString("detail", "");
        } catch (RuntimeException notOurs) {
            return "";
        }
    }
}
