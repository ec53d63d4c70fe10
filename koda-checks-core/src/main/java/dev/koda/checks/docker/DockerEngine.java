package dev.koda.checks.docker;

import dev.koda.checks.CheckContext;
import dev.koda.checks.json.Json;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A Docker Engine, or a Podman that speaks as one, behind a Unix socket. Asks for a list of containers and for one
 * container after the other; answers of more than {@value #MAX_BODY_BYTES} bytes and more than {@value #MOST_CONTAINERS}
 * containers of a project are not read. Thread-safe, never blocks the caller.
 */
public final class DockerEngine {
    /** A container takes 10 to 20 KB when inspected, and 3 KB in a list. */
    static final int MAX_BODY_BYTES = 1 << 20;

    static final int MOST_CONTAINERS = 100;

    private final Path socket;
    private final Supplier<HttpClientAgent> clients;

    private DockerEngine(Path socket, Supplier<HttpClientAgent> clients) {
        this.socket = Objects.requireNonNull(socket, "socket");
        this.clients = Objects.requireNonNull(clients, "clients");
    }

    /**
     * The engine at this socket. Opens nothing.
     *
     * @param clients asked when a check runs and not before; must give the same one each time and hold it in a field,
     *     because an unreferenced client is closed by the garbage collector
     */
    public static DockerEngine at(Path socket, Supplier<HttpClientAgent> clients) {
        return new DockerEngine(socket, clients);
    }

    Path socket() {
        return socket;
    }

    /**
     * The containers of a compose project, those that ended too, without those that somebody runs once by hand.
     *
     * @param limit of the time for all of it
     * @return in the order of their names; fails with {@link DockerException}
     */
    CompletionStage<List<Container>> containers(CheckContext context, String project, Duration limit) {
        return ask(
                context,
                limit,
                exchange -> list(exchange, label("project", project)).compose(entries -> inspected(exchange, entries)));
    }

    /** Those of one service, with one request and what its answer tells. */
    CompletionStage<List<Listed>> containers(CheckContext context, String project, String service, Duration limit) {
        var labels = label("project", project) + "," + label("service", service);
        return ask(
                context,
                limit,
                exchange -> list(exchange, labels)
                        .map(entries -> entries.stream().map(Listed::of).toList()));
    }

    private <T> CompletionStage<T> ask(CheckContext context, Duration limit, Function<Exchange, Future<T>> question) {
        var exchange = new Exchange(clients.get(), SocketAddress.domainSocketAddress(socket.toString()));
        context.onCancel(exchange::abort);
        return question.apply(exchange)
                .timeout(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS)
                .onFailure(failure -> exchange.abort())
                .toCompletionStage()
                .exceptionallyCompose(failure -> explained(failure, context));
    }

    private static String label(String name, String value) {
        return "\"com.docker.compose." + name + "=" + value + "\"";
    }

    private static Future<List<Json>> list(Exchange exchange, String labels) {
        var filters = URLEncoder.encode("{\"label\":[" + labels + "]}", StandardCharsets.UTF_8);
        return exchange.get("/containers/json?all=true&filters=" + filters)
                .compose(list -> list.filter(Json::isList).isPresent()
                        ? Future.succeededFuture(list.get().items().stream()
                                .filter(one -> !isRunByHand(one))
                                .limit(MOST_CONTAINERS)
                                .toList())
                        : Future.failedFuture(new DockerException(DockerFault.UNEXPECTED)));
    }

    private static Future<List<Container>> inspected(Exchange exchange, List<Json> entries) {
        var inspections = entries.stream()
                .flatMap(one -> one.at("Id").text().stream())
                .filter(id -> id.matches("[0-9a-zA-Z_.-]{1,128}"))
                .map(id -> exchange.get("/containers/" + id + "/json"))
                .toList();
        // One that is gone by now is no container of the project any more.
        return Future.all(inspections)
                .map(done -> inspections.stream()
                        .flatMap(each -> each.result().stream())
                        .map(Container::of)
                        .sorted(Comparator.comparing(Container::name))
                        .toList());
    }

    private static boolean isRunByHand(Json listed) {
        return listed.at("Labels", "com.docker.compose.oneoff")
                .text()
                .orElse("")
                .equalsIgnoreCase("true");
    }

    /** The client's exceptions tell the ways of not reaching a socket apart by texts alone; the file itself tells. */
    private <T> CompletionStage<T> explained(Throwable failure, CheckContext context) {
        if (failure instanceof TimeoutException) {
            return CompletableFuture.failedStage(new DockerException(DockerFault.TIMEOUT));
        }
        if (!(failure instanceof IOException)) {
            return CompletableFuture.failedStage(failure);
        }
        return context.blocking(this::faultOfFile)
                .thenCompose(fault -> CompletableFuture.failedStage(new DockerException(fault)));
    }

    private DockerFault faultOfFile() {
        if (Files.notExists(socket)) {
            return DockerFault.NO_SOCKET;
        }
        return Files.isWritable(socket) ? DockerFault.REFUSED : DockerFault.PERMISSION;
    }
}
