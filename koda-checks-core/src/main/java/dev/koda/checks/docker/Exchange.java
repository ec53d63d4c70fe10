package dev.koda.checks.docker;

import dev.koda.checks.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The requests of one question, which end together. Used once. */
final class Exchange {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpClientAgent client;
    private final SocketAddress socket;
    private final Set<HttpClientRequest> open = ConcurrentHashMap.newKeySet();
    private volatile boolean aborted;

    Exchange(HttpClientAgent client, SocketAddress socket) {
        this.client = client;
        this.socket = socket;
    }

    /** The document at a path; empty if there is none. Fails with {@link DockerException} for any other answer. */
    Future<Optional<Json>> get(String path) {
        // Without a version in the path Docker answers with its newest, and there is none that every Docker knows.
        var options = new RequestOptions()
                .setServer(socket)
                .setHost("docker")
                .setPort(80)
                .setURI(path)
                .putHeader("User-Agent", "koda-checks")
                .putHeader("Accept", "application/json");
        return client.request(options).compose(this::send).recover(Exchange::known);
    }

    /** What is neither a failed connection nor our own finding is an answer that the client cannot read. */
    private static Future<Optional<Json>> known(Throwable failure) {
        boolean isKnown = failure instanceof IOException || failure instanceof DockerException;
        return Future.failedFuture(isKnown ? failure : new DockerException(DockerFault.UNEXPECTED));
    }

    /** Gives up: whatever still arrives is thrown away, and the connections are closed. */
    void abort() {
        aborted = true;
        open.forEach(HttpClientRequest::reset);
    }

    private Future<Optional<Json>> send(HttpClientRequest request) {
        open.add(request);
        // Whoever waits hears of it; without this the client logs it as well.
        request.exceptionHandler(heard -> {});
        if (aborted) {
            request.reset();
        }
        return request.send().compose(this::read).onComplete(done -> open.remove(request));
    }

    private Future<Optional<Json>> read(HttpClientResponse response) {
        if (response.statusCode() == NOT_FOUND) {
            return body(response).map(ignored -> Optional.empty());
        }
        return body(response).compose(body -> {
            var document = response.statusCode() == OK ? Json.parse(body) : Optional.<Json>empty();
            return document.isPresent()
                    ? Future.succeededFuture(document)
                    : Future.failedFuture(new DockerException(DockerFault.UNEXPECTED));
        });
    }

    private static Future<String> body(HttpClientResponse response) {
        Promise<String> whole = Promise.promise();
        var body = Buffer.buffer();
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> whole.tryComplete(body.toString(StandardCharsets.UTF_8)));
        response.handler(part -> {
            body.appendBuffer(part);
            if (body.length() > DockerEngine.MAX_BODY_BYTES) {
                whole.tryFail(new DockerException(DockerFault.UNEXPECTED));
                response.request().reset();
            }
        });
        return whole.future();
    }
}
