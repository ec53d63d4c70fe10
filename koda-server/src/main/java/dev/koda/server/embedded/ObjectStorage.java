package dev.koda.server.embedded;

import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;

/** The S3 protocol over plain files, in this process: {@code objects/BUCKET/KEY} under the state directory. */
final class ObjectStorage implements EmbeddedService {
    /** Jetty's name of the one state in which it serves. */
    private static final String STARTED = "STARTED";

    private static final int THREADS = 16;
    private static final long STOP_MILLIS = 1_000;

    private final StateDirectory directory;
    private final EmbeddedSettings.Objects settings;
    private volatile @Nullable S3Proxy proxy;

    ObjectStorage(StateDirectory directory, EmbeddedSettings.Objects settings) {
        this.directory = directory;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "the embedded object storage";
    }

    @Override
    public void start() throws StartException {
        LoopbackPorts.requireFree(
                settings.port(),
                name(),
                "change KNOWLEDGE_V2_S3_ENDPOINT_URL in " + directory.environment() + " to another port");
        var next = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.objects().toString()))
                .endpoint(URI.create("http://127.0.0.1:" + settings.port()))
                .awsAuthentication(
                        AuthenticationType.AWS_V4,
                        settings.accessKey(),
                        settings.secretKey().reveal())
                .jettyMaxThreads(THREADS)
                .stopTimeout(STOP_MILLIS)
                .build();
        proxy = next;
        try {
            // A bucket of this store is a directory.
            PrivateFiles.directory(directory.objects().resolve(settings.bucket()));
            next.start();
        } catch (Exception failure) { // what Jetty declares
            stop();
            throw new StartException(name() + " does not start on 127.0.0.1:" + settings.port(), failure);
        }
    }

    @Override
    public boolean isAlive() {
        var current = proxy;
        return current != null && current.getState().equals(STARTED);
    }

    @Override
    public void stop() {
        var current = proxy;
        proxy = null;
        if (current != null) {
            try {
                current.stop();
            } catch (Exception ignored) { // what Jetty declares
                // Its threads are daemons and its files are complete: nothing is lost with it.
            }
        }
    }
}
