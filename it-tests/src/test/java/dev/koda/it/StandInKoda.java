package dev.koda.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The control plane, dashboard and koda-checks of an install on one port, as well as the container {@code app} of the
 * stand-in for Docker is: 503 without it and with an image that is called bad, else 200.
 */
final class StandInKoda implements AutoCloseable {
    private final HttpServer server;
    private final Path app;

    private StandInKoda(HttpServer server, Path app) {
        this.server = server;
        this.app = app;
        server.createContext("/", this::answer);
        server.start();
    }

    /**
     * @param docker the directory in which the stand-in for Docker keeps its state
     */
    static StandInKoda start(Path docker) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        return new StandInKoda(server, docker.resolve("containers/app"));
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean isWell = Files.exists(app) && !Files.readString(app).contains("bad");
        var body = (isWell ? "{\"status\":\"pass\",\"ready\":true}" : "{\"status\":\"fail\",\"ready\":false}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(isWell ? 200 : 503, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
