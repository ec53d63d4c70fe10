package dev.koda.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The providers of the demo, in one HTTP server on 127.0.0.1 that takes one key for each, and what Koda does to verify a
 * key of its own: a request, and nothing else. Keys are of this run and printed nowhere.
 */
final class DemoProvider implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int KEY_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();

    /** What each takes now. */
    private final Map<String, String> taken = new ConcurrentHashMap<>();

    /** What Koda has of each. */
    private final Map<String, String> stored = new ConcurrentHashMap<>();

    /** Begins to listen on any free port. */
    Future<HttpServer> listen() {
        return vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1");
    }

    private void answer(HttpServerRequest request) {
        var key = taken.get(request.path().substring(1));
        boolean isRight = key != null && ("Bearer " + key).equals(request.getHeader("Authorization"));
        request.response()
                .setStatusCode(isRight ? 200 : 401)
                .putHeader("Content-Type", "application/json")
                .end(isRight ? "{\"data\":[]}" : "{\"error\":{\"message\":\"invalid api key\"}}");
    }

    /** From now on the provider takes another key, which Koda does not have. */
    void rotate(String provider) {
        var key = new byte[KEY_BYTES];
        random.nextBytes(key);
        taken.put(provider, HexFormat.of().formatHex(key));
    }

    /** Somebody gives Koda the key that the provider takes. */
    void giveKey(String provider) {
        stored.put(provider, taken.getOrDefault(provider, ""));
    }

    /** Verifies the key that Koda has; empty, or the error in the words of Koda. */
    String verify(int port, String provider) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + provider))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + stored.getOrDefault(provider, ""))
                .build();
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200 ? "" : "HTTP " + answer.statusCode() + ": " + answer.body();
        } catch (IOException failure) {
            return "no answer";
        }
    }

    @Override
    public void close() {
        vertx.close();
    }
}
