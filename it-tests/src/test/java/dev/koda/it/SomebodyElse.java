package dev.koda.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The database and the bucket of somebody else, whose addresses the caller of Koda has exported: they take every
 * connection and must see none.
 */
final class SomebodyElse implements AutoCloseable {
    private final ServerSocketChannel channel;
    private final Path directory;

    private SomebodyElse(ServerSocketChannel channel, Path directory) {
        this.channel = channel;
        this.directory = directory;
    }

    /**
     * Listens from now on.
     *
     * @param directory for the file in which the caller keeps a secret
     */
    static SomebodyElse listen(Path directory) throws IOException {
        var channel = ServerSocketChannel.open();
        channel.configureBlocking(false);
        return new SomebodyElse(channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), directory);
    }

    /** What the caller has exported, among it the port of an operations API. */
    Map<String, String> exported(int port) throws IOException {
        var address = "127.0.0.1:" + ((InetSocketAddress) channel.getLocalAddress()).getPort();
        var secret = Files.writeString(directory.resolve("dsn-" + port), "postgresql://a:b@" + address);
        return Map.of(
                "KODA_OPERATIONS_PORT", Integer.toString(port),
                "KODA_OPERATIONS_BIND", "0.0.0.0",
                "KODA_STACK", "koda",
                "KNOWLEDGE_V2_POSTGRES_DSN_FILE", secret.toString(),
                "POSTGRES_PASSWORD", "exported-secret",
                "KNOWLEDGE_V2_S3_ENDPOINT_URL", "http://" + address,
                "KNOWLEDGE_V2_S3_BUCKET", "production",
                "S3_SECRET_ACCESS_KEY", "exported-secret");
    }

    /** Whether anybody has connected that has not been counted yet. */
    boolean wasAsked() throws IOException {
        try (var connection = channel.accept()) {
            return connection != null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
