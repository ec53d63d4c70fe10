package dev.koda.it;

import static dev.koda.it.PostgresFault.await;

import dev.koda.checks.testing.FaultProxy;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;

/**
 * The real S3 protocol over files, behind a network that breaks. What S3Proxy cannot be brought to answer, a server in
 * its place does, as S3 documents it.
 */
final class FaultyStorage implements AutoCloseable {
    static final String BUCKET = "koda-objects";
    static final String ACCESS_KEY = "koda-access-key";

    private final Vertx vertx;
    private final Path directory;
    private final String accessKey;
    private final String secretKey;
    private final int port = FreePort.next();
    private final FaultProxy network;
    private @Nullable S3Proxy storage;
    private @Nullable HttpServer standIn;

    private FaultyStorage(Vertx vertx, Path directory, String accessKey, String secretKey) {
        this.vertx = vertx;
        this.accessKey = accessKey;
        this.directory = directory;
        this.secretKey = secretKey;
        network = await(FaultProxy.listen(vertx, "127.0.0.1", port));
    }

    /** With one bucket, in an empty directory. */
    static FaultyStorage start(Vertx vertx, Path directory, String secretKey) {
        return start(vertx, directory, ACCESS_KEY, secretKey);
    }

    /** The same for another id of its key. */
    static FaultyStorage start(Vertx vertx, Path directory, String accessKey, String secretKey) {
        try {
            // Whoever may read the directory of a bucket may list it, and to S3Proxy everybody is anybody.
            var ours = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectory(directory.resolve(BUCKET), ours);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        var storage = new FaultyStorage(vertx, directory, accessKey, secretKey);
        storage.serve(secretKey);
        return storage;
    }

    /** Where the checks reach it. */
    URI endpoint() {
        return URI.create("http://127.0.0.1:" + network.port());
    }

    FaultProxy network() {
        return network;
    }

    /** From now on only this secret signs requests. */
    void acceptOnly(String otherSecret) {
        stop();
        serve(otherSecret);
    }

    /** From now on the bucket is not there. */
    void loseBucket() {
        move(directory.resolve(BUCKET), directory.resolve("elsewhere"));
    }

    /** From now on every answer has this status, an empty body, and a date that is that far from the time of day. */
    void answerOnly(int status, Duration clockOff) {
        stop();
        standIn = await(vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .setStatusCode(status)
                        .putHeader(
                                "Date",
                                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                        Instant.now().plus(clockOff).atOffset(ZoneOffset.UTC)))
                        .end())
                .listen(port, "127.0.0.1"));
    }

    /** As it was at first. */
    void heal() {
        stop();
        if (Files.isDirectory(directory.resolve("elsewhere"))) {
            move(directory.resolve("elsewhere"), directory.resolve(BUCKET));
        }
        serve(secretKey);
        await(network.passThrough());
    }

    @Override
    public void close() {
        await(network.close());
        stop();
    }

    private void serve(String secret) {
        var next = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secret)
                .build();
        storage = next;
        try {
            next.start();
        } catch (Exception failure) { // what Jetty declares
            throw new AssertionError("S3Proxy does not start", failure);
        }
    }

    private void stop() {
        var running = storage;
        storage = null;
        var other = standIn;
        standIn = null;
        try {
            if (running != null) {
                running.stop();
            }
        } catch (Exception failure) { // what Jetty declares
            throw new AssertionError("S3Proxy does not stop", failure);
        }
        if (other != null) {
            await(other.close());
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
