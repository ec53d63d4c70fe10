package dev.koda.checks.testing;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The part of the Docker Engine API that checks ask, on a real Unix socket, for containers that a test makes up. */
public final class DockerStandIn implements AutoCloseable {
    /** Where a check comes across it: the environment, a label and the log of a health check may hold anything. */
    public static final String SECRET = "p9Vt4LqZ7xWm2Rk8Yc3N";

    private final Vertx vertx = Vertx.vertx();
    private final List<Box> boxes = new CopyOnWriteArrayList<>();
    private volatile Consumer<HttpServerRequest> answer = this::asDocker;

    private DockerStandIn() {}

    /** Listens at the socket. */
    public static DockerStandIn at(Path socket) {
        var docker = new DockerStandIn();
        await(docker.vertx
                .createHttpServer()
                .requestHandler(request -> docker.answer.accept(request))
                .listen(SocketAddress.domainSocketAddress(socket.toString())));
        return docker;
    }

    /** With these containers and no others. */
    public DockerStandIn holds(Box... containers) {
        boxes.clear();
        boxes.addAll(List.of(containers));
        return this;
    }

    /** From now on every request is answered like this. */
    public void answers(Consumer<HttpServerRequest> other) {
        answer = other;
    }

    /** From now on it answers as Docker does. */
    public void answersAsDocker() {
        answer = this::asDocker;
    }

    private void asDocker(HttpServerRequest request) {
        var response = request.response().putHeader("Content-Type", "application/json");
        if (request.path().equals("/containers/json")) {
            var filters = URLDecoder.decode(String.valueOf(request.getParam("filters")), StandardCharsets.UTF_8);
            boolean isAll = "true".equals(request.getParam("all"));
            var listed = boxes.stream()
                    .filter(box -> isAll || box.state.equals("running"))
                    .filter(box -> box.isAskedFor(filters))
                    .map(Box::listed)
                    .collect(Collectors.joining(",", "[", "]"));
            // As Docker does: in chunks.
            response.setChunked(true);
            response.write(listed.substring(0, 1));
            response.end(listed.substring(1));
            return;
        }
        boxes.stream()
                .filter(box -> request.path().equals("/containers/" + box.id() + "/json") && !box.isGone)
                .findFirst()
                .ifPresentOrElse(
                        box -> response.end(box.inspected()),
                        () -> response.setStatusCode(404).end("{\"message\":\"No such container\"}"));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError("stand-in for Docker", failure);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    /** A container that is well until a test says something else. Immutable. */
    public record Box(
            String project,
            String service,
            String state,
            int exitCode,
            @Nullable String health,
            String restartPolicy,
            int restarts,
            boolean isOutOfMemory,
            Instant startedAt,
            String needs,
            String ports,
            String address,
            boolean isOnce,
            boolean isGone) {
        public static Box of(String project, String service) {
            return new Box(
                    project,
                    service,
                    "running",
                    0,
                    "healthy",
                    "unless-stopped",
                    0,
                    false,
                    Instant.parse("2026-01-01T00:00:00Z"),
                    "",
                    "",
                    "",
                    false,
                    false);
        }

        public Box state(String word, int code) {
            return new Box(
                    project,
                    service,
                    word,
                    code,
                    health,
                    restartPolicy,
                    restarts,
                    isOutOfMemory,
                    startedAt,
                    needs,
                    ports,
                    address,
                    isOnce,
                    isGone);
        }

        public Box health(@Nullable String word) {
            return new Box(
                    project,
                    service,
                    state,
                    exitCode,
                    word,
                    restartPolicy,
                    restarts,
                    isOutOfMemory,
                    startedAt,
                    needs,
                    ports,
                    address,
                    isOnce,
                    isGone);
        }

        public Box restartPolicy(String policy) {
            return new Box(
                    project,
                    service,
                    state,
                    exitCode,
                    health,
                    policy,
                    restarts,
                    isOutOfMemory,
                    startedAt,
                    needs,
                    ports,
                    address,
                    isOnce,
                    isGone);
        }

        public Box restarts(int count) {
            return new Box(
                    project,
                    service,
                    state,
                    exitCode,
                    health,
                    restartPolicy,
                    count,
                    isOutOfMemory,
                    startedAt,
                    needs,
                    ports,
                    address,
                    isOnce,
                    isGone);
        }

        public Box outOfMemory() {
            return new Box(
                    project,
                    service,
                    state,
                    exitCode,
                    health,
                    restartPolicy,
                    restarts,
                    true,
                    startedAt,
                    needs,
                    ports,
                    address,
                    isOnce,
                    isGone);
        }

        public Box startedAt(Instant moment) {
            return new Box(
                    project,
                    service,
                    state,
                    exitCode,
                    health,
                    restartPolicy,
                    restarts,
                    isOutOfMemory,
                    moment,
                    needs,
                    ports,
                    address,
                    isOnce,
                    isGone);
        }

        /** In the form of the label, such as {@code postgres:service_healthy:false}. */
        public Box needs(String label) {
            return new Box(
                    project,
                    service,
                    state,
                    exitCode,
                    health,
                    restartPolicy,
                    restarts,
                    isOutOfMemory,
                    startedAt,
                    label,
                    ports,
                    address,
                    isOnce,
                    isGone);
        }

        public Box published(int inside, String host, int outside) {
            var port =
                    "{\"IP\":\"%s\",\"PrivatePort\":%d,\"PublicPort\":%d,\"Type\":\"tcp\"},{\"PrivatePort\":9,\"Type\":\"udp\"}"
                            .formatted(host, inside, outside);
            return new Box(
                    project,
                    service,
                    state,
                    exitCode,
                    health,
                    restartPolicy,
                    restarts,
                    isOutOfMemory,
                    startedAt,
                    needs,
                    port,
                    address,
                    isOnce,
                    isGone);
        }

        /** Its own in a network, and that of the gateway. */
        public Box address(String own, String gateway) {
            var network = "\"IPAddress\":\"%s\",\"Gateway\":\"%s\"".formatted(own, gateway);
            return new Box(
                    project,
                    service,
                    state,
                    exitCode,
                    health,
                    restartPolicy,
                    restarts,
                    isOutOfMemory,
                    startedAt,
                    needs,
                    ports,
                    network,
                    isOnce,
                    isGone);
        }

        /** Started by hand with {@code docker compose run}. */
        public Box once() {
            return new Box(
                    project,
                    service,
                    state,
                    exitCode,
                    health,
                    restartPolicy,
                    restarts,
                    isOutOfMemory,
                    startedAt,
                    needs,
                    ports,
                    address,
                    true,
                    isGone);
        }

        /** Removed after it was listed. */
        public Box gone() {
            return new Box(
                    project,
                    service,
                    state,
                    exitCode,
                    health,
                    restartPolicy,
                    restarts,
                    isOutOfMemory,
                    startedAt,
                    needs,
                    ports,
                    address,
                    isOnce,
                    true);
        }

        String id() {
            return Integer.toHexString((project + service + isOnce).hashCode()) + "0123456789ab";
        }

        boolean isAskedFor(String filters) {
            var ofProject = "\"com.docker.compose.project=" + project + "\"";
            var ofService = "\"com.docker.compose.service=" + service + "\"";
            return filters.equals("{\"label\":[" + ofProject + "]}")
                    || filters.equals("{\"label\":[" + ofProject + "," + ofService + "]}");
        }

        String listed() {
            return """
                    {"Id":"%s","Names":["/%s-%s-1"],"State":"%s","Labels":{"com.docker.compose.oneoff":"%s"},"Ports":[%s],
                     "NetworkSettings":{"Networks":{"%s_backend":{%s}}}}""".formatted(id(), project, service, state, isOnce ? "True" : "False", ports, project, address);
        }

        String inspected() {
            var healthState = health == null
                    ? ""
                    : ",\"Health\":{\"Status\":\"%s\",\"Log\":[{\"Output\":\"%s\"}]}".formatted(health, SECRET);
            return """
                    {"Id":"%s","Name":"/%s-%s-1","RestartCount":%d,
                     "State":{"Status":"%s","ExitCode":%d,"OOMKilled":%s,"StartedAt":"%s"%s},
                     "HostConfig":{"RestartPolicy":{"Name":"%s"}},
                     "Config":{"Env":["POSTGRES_PASSWORD=%s"],"Healthcheck":{"Interval":30000000000,"StartPeriod":20000000000},
                       "Labels":{"com.docker.compose.project":"%s","com.docker.compose.service":"%s","token":"%s",
                         "com.docker.compose.depends_on":"%s"}}}""".formatted(
                            id(),
                            project,
                            service,
                            restarts,
                            state,
                            exitCode,
                            isOutOfMemory,
                            startedAt,
                            healthState,
                            restartPolicy,
                            SECRET,
                            project,
                            service,
                            SECRET,
                            needs);
        }
    }
}
