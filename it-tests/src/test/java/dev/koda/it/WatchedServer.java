package dev.koda.it;

import static dev.koda.it.PostgresFault.await;

import dev.koda.checks.testing.FaultProxy;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;

/** A {@code koda serve} with a store, whose Postgres can be cut off. */
final class WatchedServer implements AutoCloseable {
    private static final String PASSWORD = "correct horse battery staple";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** What its break-glass token is. */
    static final String TOKEN = "u7Tq0ZVb3mXkPz5sYh2Rj9Wd4Nc8Lf1G";

    private final Vertx vertx = Vertx.vertx();
    private final ScramPostgres postgres;
    private final FaultProxy proxy;
    private final RealProcess process;
    private final int port = FreePort.next();

    private WatchedServer(KodaSandbox sandbox) throws IOException, SQLException {
        postgres = ScramPostgres.start(sandbox.directory("postgres"), PASSWORD);
        postgres.sql("ALTER DATABASE koda OWNER TO koda");
        proxy = await(FaultProxy.listen(vertx, "127.0.0.1", postgres.port()));
        var environment = Files.writeString(sandbox.root().resolve("koda.env"), """
            KODA_STACK=embedded
            KODA_ENV=development
            KODA_OPERATIONS_PORT=%d
            KODA_OPERATIONS_DIR=%s
            KODA_TRUSTED_PROXIES=127.0.0.1
            CONTROL_PLANE_API_TOKEN=%s
            STATE_ROOT_DIR=%s
            OBJECT_STORAGE_REQUIRED=false
            KNOWLEDGE_V2_POSTGRES_DSN=postgresql://koda:%s@127.0.0.1:%d/koda
            """.formatted(
                        port,
                        sandbox.root().resolve("operations"),
                        TOKEN,
                        sandbox.directory("state"),
                        PASSWORD.replace(" ", "%20"),
                        proxy.port()));
        process = sandbox.koda("serve", "--env-file", environment.toString());
    }

    /** Starts one in the sandbox and waits until it is ready. */
    static WatchedServer start(KodaSandbox sandbox) throws IOException, SQLException {
        var server = new WatchedServer(sandbox);
        Within.answer(START_LIMIT, "ready", server::readiness, answer -> answer.status() == 200);
        return server;
    }

    int port() {
        return port;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    Http.Answer readiness() {
        return Http.get(url("/api/runtime/readiness"));
    }

    /** What it shows to a Prometheus that asks for text. */
    String metrics() {
        return Http.get(url("/metrics")).text();
    }

    /** What it has logged so far. */
    String log() {
        return process.errors();
    }

    /** Whatever it says to Postgres from now on is answered with a reset. */
    void cutPostgresOff() {
        await(proxy.resetAfter(0));
    }

    void bringPostgresBack() {
        await(proxy.passThrough());
    }

    @Override
    public void close() throws IOException {
        process.close();
        await(proxy.close());
        await(vertx.close());
        postgres.close();
    }
}
