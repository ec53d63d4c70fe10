package dev.koda.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Refuses every request and repeats all of it, the credentials too, as careless services do. */
final class EchoServer implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger credentials = new AtomicInteger();

    private EchoServer(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.start();
    }

    static EchoServer start() throws IOException {
        return new EchoServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** How many requests carried an Authorization header. */
    int credentials() {
        return credentials.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var sent = exchange.getRequestHeaders();
        var shown = new StringBuilder(exchange.getRequestURI().toString());
        sent.forEach(
                (name, values) -> shown.append('\n').append(name).append(": ").append(values));
        if (sent.containsKey("Authorization")) {
            credentials.incrementAndGet();
            exchange.getResponseHeaders().add("X-Echo", sent.getFirst("Authorization"));
        }
        var body = ("<Error><Code>AccessDenied</Code><Message>" + shown + "</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(403, isHead ? -1 : body.length);
        if (!isHead) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
