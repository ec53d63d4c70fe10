package dev.koda.checks.docker;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.testing.DockerStandIn;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/** A stand-in for Docker and the client that asks it, in a directory of their own. */
final class DockerFixture implements AutoCloseable {
    static final String PROJECT = "koda";

    final Path directory;
    final Vertx vertx = Vertx.vertx();
    private final HttpClientAgent client = vertx.createHttpClient(HttpFetch.clientOptions());
    final DockerStandIn docker;

    DockerFixture() {
        try {
            // Short: the kernel takes no socket whose path is longer than 107 bytes.
            directory = Files.createTempDirectory("docker");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        docker = DockerStandIn.at(socket());
    }

    Path socket() {
        return directory.resolve("docker.sock");
    }

    DockerEngine engine() {
        return engine(socket());
    }

    DockerEngine engine(Path other) {
        return DockerEngine.at(other, () -> client);
    }

    CheckSpec check(ComposeProject project) {
        return DockerChecks.composeServices(engine(), project, TimeSource.system());
    }

    @Override
    public void close() {
        docker.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
            try (var files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (Exception failure) {
            throw new AssertionError("closing", failure);
        }
    }
}
