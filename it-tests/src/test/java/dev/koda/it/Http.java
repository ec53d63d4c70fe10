package dev.koda.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Asks a server as curl would: HTTP/1.1, no redirects. */
final class Http {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private Http() {}

    /** What came back; status 0 if nobody answered. */
    static final class Answer {
        private final int status;
        private final byte[] body;
        private final Duration took;

        private Answer(int status, byte[] body, Duration took) {
            this.status = status;
            this.body = body;
            this.took = took;
        }

        int status() {
            return status;
        }

        byte[] body() {
            return body;
        }

        /** From the question to the end of the answer. */
        Duration took() {
            return took;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return status + " in " + took.toMillis() + " ms: " + text();
        }
    }

    /** The answer to a GET; one with status 0 and the kind of failure if nobody answers. */
    static Answer get(String url) {
        return get(url, Map.of());
    }

    /** The same with request headers. */
    static Answer get(String url, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).GET();
        headers.forEach(request::header);
        return send(request.build());
    }

    /** The same for a request of any kind. */
    static Answer send(HttpRequest request) {
        long begin = System.nanoTime();
        try {
            HttpResponse<byte[]> response = CLIENT.send(request, BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body(), since(begin));
        } catch (IOException unanswered) {
            var kind = unanswered.getClass().getSimpleName().getBytes(StandardCharsets.UTF_8);
            return new Answer(0, kind, since(begin));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while asking " + request.uri(), ending);
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
