package dev.koda.dashboard.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real pooler in transaction mode before a Postgres: a session of its clients is another one at each transaction. */
final class PgBouncer implements AutoCloseable {
    private static final List<Path> PROGRAMS =
            List.of(Path.of("/usr/sbin/pgbouncer"), Path.of("/usr/local/bin/pgbouncer"));

    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static PgBouncer before(int postgresPort, String... roles) throws IOException {
        var program = PROGRAMS.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no pgbouncer; ./verify --install brings it"));
        // Readable for the user that it becomes: it does not run as root.
        var directory = Files.createTempDirectory("pooler-");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        int port = freePort();
        Files.write(
                directory.resolve("users"),
                List.of(roles).stream().map(role -> "\"" + role + "\" \"\"").toList());
        Files.write(
                directory.resolve("pgbouncer.ini"),
                List.of(
                        "[databases]",
                        "* = host=127.0.0.1 port=" + postgresPort,
                        "[pgbouncer]",
                        "listen_addr = 127.0.0.1",
                        "listen_port = " + port,
                        "unix_socket_dir =",
                        "auth_type = trust",
                        "auth_file = " + directory.resolve("users"),
                        "pool_mode = transaction",
                        // Fewer than the clients have: sessions change hands.
                        "default_pool_size = 4",
                        // Databases of tests that are over hold none.
                        "server_idle_timeout = 5",
                        "max_client_conn = 300",
                        "query_wait_timeout = 10"));
        var command = new ArrayList<String>();
        command.add(program.toString());
        command.add("-q");
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(directory.resolve("pgbouncer.ini").toString());
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Eventually.holds(Duration.ofSeconds(10), () -> Eventually.isOpen(port));
        return new PgBouncer(process, port);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
