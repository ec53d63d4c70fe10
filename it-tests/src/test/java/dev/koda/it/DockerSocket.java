package dev.koda.it;

import static dev.koda.it.PostgresFault.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of the Docker Engine API that the doctor asks, on a real Unix socket, with the services of a Koda install. */
final class DockerSocket implements AutoCloseable {
    private final String project;
    private final Path path;
    private final Map<String, String> inspections = new LinkedHashMap<>();
    private final Map<String, String> listed = new LinkedHashMap<>();
    private @Nullable HttpServer server;

    DockerSocket(Path path, String project) {
        this.path = path;
        this.project = project;
    }

    /** In the environment of a command: asks here. */
    Map<String, String> environment() {
        return Map.of("DOCKER_HOST", "unix://" + path);
    }

    /** Takes questions. */
    DockerSocket listen(Vertx vertx) {
        server = await(vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(SocketAddress.domainSocketAddress(path.toString())));
        return this;
    }

    /** With a service that runs; of those it had by that name there is one. */
    synchronized DockerSocket running(String service, boolean hasHealthCheck, Map<Integer, Integer> published) {
        var health = hasHealthCheck ? ",\"Health\":{\"Status\":\"healthy\",\"FailingStreak\":0}" : "";
        return put(service, "\"Status\":\"running\",\"ExitCode\":0" + health, "unless-stopped", published);
    }

    /** With a service that has ended. */
    synchronized DockerSocket exited(String service, int code, String restartPolicy) {
        return put(service, "\"Status\":\"exited\",\"ExitCode\":" + code, restartPolicy, Map.of());
    }

    private DockerSocket put(String service, String state, String policy, Map<Integer, Integer> published) {
        var ports = new ArrayList<String>();
        published.forEach((inside, outside) ->
                ports.add("{\"IP\":\"127.0.0.1\",\"PrivatePort\":%d,\"PublicPort\":%d,\"Type\":\"tcp\"}"
                        .formatted(inside, outside)));
        var word = state.contains("running") ? "running" : "exited";
        listed.put(
                service,
                "{\"Id\":\"%s\",\"Names\":[\"/%s-%s-1\"],\"State\":\"%s\",\"Labels\":{},\"Ports\":%s}"
                        .formatted(service, project, service, word, ports));
        inspections.put(service, """
                {"Id":"%s","Name":"/%s-%s-1","RestartCount":0,"State":{%s,"OOMKilled":false,"StartedAt":"2026-01-01T00:00:00Z"},
                "HostConfig":{"RestartPolicy":{"Name":"%s"}},
                "Config":{"Env":["POSTGRES_PASSWORD=%s"],"Labels":{"com.docker.compose.project":"%s","com.docker.compose.service":"%s"}}}""".formatted(
                        service, project, service, state, policy, KodaInstall.POSTGRES_PASSWORD, project, service));
        return this;
    }

    private synchronized void answer(HttpServerRequest request) {
        var response = request.response().putHeader("Content-Type", "application/json");
        if (request.path().equals("/containers/json")) {
            var filters = String.valueOf(request.getParam("filters"));
            var ofProject = "{\"label\":[\"com.docker.compose.project=" + project + "\"";
            response.end(listed.entrySet().stream()
                    .filter(one -> filters.equals(ofProject + "]}")
                            || filters.equals(ofProject + ",\"com.docker.compose.service=" + one.getKey() + "\"]}"))
                    .map(Map.Entry::getValue)
                    .toList()
                    .toString());
            return;
        }
        var id = request.path().replaceFirst("^/containers/(.+)/json$", "$1");
        var found = inspections.get(id);
        response.setStatusCode(found == null ? 404 : 200).end(found == null ? "{}" : found);
    }

    @Override
    public void close() {
        if (server != null) {
            await(server.close());
        }
    }
}
