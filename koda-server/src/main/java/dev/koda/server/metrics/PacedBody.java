package dev.koda.server.metrics;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * Sends a body piece by piece, as the client takes it. Ten megabytes at once would hold the event loop, and with it the
 * probes, for as long as it takes to copy them. Belongs to the event loop of its response.
 */
final class PacedBody {
    private static final int PIECE = 64 * 1_024;

    private final HttpServerResponse response;
    private final Buffer body;
    private int sent;

    PacedBody(HttpServerResponse response, Buffer body) {
        this.response = response;
        this.body = body;
    }

    void send() {
        if (body.length() <= PIECE) {
            response.end(body);
            return;
        }
        response.drainHandler(drained -> next());
        next();
    }

    private void next() {
        while (!response.closed() && !response.writeQueueFull()) {
            int end = Math.min(body.length(), sent + PIECE);
            var piece = body.slice(sent, end);
            sent = end;
            if (sent == body.length()) {
                response.drainHandler(null);
                response.end(piece);
                return;
            }
            response.write(piece);
        }
    }
}
