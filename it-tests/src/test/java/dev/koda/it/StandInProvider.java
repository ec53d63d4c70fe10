package dev.koda.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A provider that takes one key, and another one once its key is rotated. */
final class StandInProvider implements AutoCloseable {
    private final HttpServer server;
    private volatile String key;

    private StandInProvider(HttpServer server, String key) {
        this.server = server;
        this.key = key;
        server.createContext("/", this::answer);
        server.start();
    }

    static StandInProvider start(String key) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        return new StandInProvider(server, key);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    void rotate(String another) {
        key = another;
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean isRight = ("Bearer " + key).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        var body = (isRight ? "{\"data\":[]}" : "{\"error\":\"no such key\"}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(isRight ? 200 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
