package dev.koda.server.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Postgres server of its own on 127.0.0.1, kept in the state directory, safe against a power cut. */
final class Postgres implements EmbeddedService {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** In the data directory: role and database are made. Without it a first start was cut short and begins again. */
    private static final String COMPLETE = "koda.complete";

    private final StateDirectory directory;
    private final EmbeddedSettings.Postgres settings;
    private @Nullable EmbeddedPostgres server;

    Postgres(StateDirectory directory, EmbeddedSettings.Postgres settings) {
        this.directory = directory;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "the embedded Postgres";
    }

    @Override
    public void start() throws StartException {
        requirePlatform();
        requireUserNamespacesForRoot();
        LoopbackPorts.requireFree(
                settings.port(),
                name(),
                "change KNOWLEDGE_V2_POSTGRES_DSN in " + directory.environment() + " to another port");
        try {
            prepare();
            var started = builder(superuserPassword()).start();
            server = started;
            // zonky lets everybody write there; only the state directory around it kept them out.
            Files.setPosixFilePermissions(directory.binaries(), PrivateFiles.DIRECTORY);
            Provision.run(started, settings);
            PrivateFiles.write(complete(), "role and database are made\n");
        } catch (IOException | SQLException | RuntimeException failure) { // zonky reports failed commands unchecked
            stop();
            throw new StartException(
                    name() + " does not start; " + directory.logs().resolve("postgres-start.log") + " and its"
                            + " neighbours say why",
                    failure);
        }
    }

    /** The one platform of the distribution: what each more would weigh is in docs/adr/embedded-default.md. */
    private static void requirePlatform() throws StartException {
        boolean isAmd64 = Set.of("amd64", "x86_64").contains(System.getProperty("os.arch", ""));
        if (!isAmd64 || Files.exists(Path.of("/etc/alpine-release"))) {
            throw new StartException(
                    "the embedded Postgres is for Linux with glibc on x86_64; run a Postgres of your own"
                            + " and use koda serve");
        }
    }

    private static void requireUserNamespacesForRoot() throws StartException {
        try {
            if (StateDirectory.ownUser() == 0 && !LinuxUtils.isUnshareAvailable()) {
                throw new StartException("Postgres does not run as root, and this machine gives root no user namespace"
                        + " to run it in (unshare -U); run koda up as another user");
            }
        } catch (IOException noProc) {
            throw new StartException("cannot read /proc; koda up needs Linux with /proc mounted", noProc);
        }
    }

    /** Leaves nothing that keeps Postgres from starting: no interrupted first start, no file of a dead process. */
    private void prepare() throws IOException {
        if (Files.exists(directory.postgres()) && !Files.exists(complete())) {
            deleteAll(directory.postgres());
        }
        PrivateFiles.directory(directory.postgres());
        // The process id in it may belong to someone else by now, or to a zombie, and then Postgres would not start.
        Files.deleteIfExists(Postmaster.file(directory.postgres()));
        // zonky locks this file per file and process: a new one lets this process start a server again after its death.
        Files.deleteIfExists(directory.postgres().resolve("epg-lock"));
        Files.deleteIfExists(startLog());
        PrivateFiles.open(startLog()).close();
    }

    private EmbeddedPostgres.Builder builder(String password) {
        // Its default is one directory under /tmp for all users.
        System.setProperty("ot.epg.working-dir", directory.binaries().toString());
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.binaries().toFile())
                .setDataDirectory(directory.postgres())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(settings.port())
                .setPGStartupWait(START_LIMIT)
                .setConnectConfig("password", password)
                // Options of initdb. The later one wins over zonky's "trust": not a moment without passwords.
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", directory.superuserPassword().toString())
                .setLocaleConfig("locale", "C")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("logging_collector", "on")
                // Relative to the data directory: these travel through a shell, and a path may hold a blank.
                .setServerConfig("log_directory", "../logs")
                .setServerConfig("log_filename", "postgres-%a.log")
                .setServerConfig("log_truncate_on_rotation", "on")
                .setServerConfig("log_rotation_size", "0")
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(startLog().toFile()))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(startLog().toFile()));
    }

    private String superuserPassword() throws IOException {
        if (!Files.exists(directory.superuserPassword())) {
            PrivateFiles.write(directory.superuserPassword(), new Generated().password() + "\n");
        }
        return Files.readString(directory.superuserPassword()).strip();
    }

    @Override
    public boolean isAlive() {
        return server != null && postmaster().isPresent();
    }

    Optional<Postmaster> postmaster() {
        return Postmaster.on(directory.postgres());
    }

    @Override
    public void stop() {
        var current = server;
        server = null;
        if (current != null && postmaster().isPresent()) {
            try {
                current.close();
            } catch (IOException ignored) {
                // Whoever stops the stack looks whether the process has gone.
            }
        }
    }

    private Path complete() {
        return directory.postgres().resolve(COMPLETE);
    }

    private Path startLog() {
        return directory.logs().resolve("postgres-start.log");
    }

    private static void deleteAll(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
