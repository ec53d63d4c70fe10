package dev.koda.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Report;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.report.ReportJson;
import dev.koda.checks.testing.VirtualTime;
import dev.koda.cli.Shell;
import dev.koda.cli.output.TextStyle;
import dev.koda.dashboard.Operations;
import dev.koda.dashboard.OperationsOptions;
import dev.koda.dashboard.http.BearerTokens;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.sessions.SessionOptions;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One report, which an engine made once, seen through the library, the command's output and HTTP. */
class OneReportIT {
    private static final String TOKEN = "one-report-token-4711";
    private static final Map<String, String> BEARER = Map.of("Authorization", "Bearer " + TOKEN);

    private final VirtualTime time = new VirtualTime();
    private final Vertx vertx = Vertx.vertx();
    private final CheckEngine engine = CheckEngine.builder()
            .time(time)
            .check(CheckSpec.of("disk.space")
                    .instance("STATE_ROOT_DIR")
                    .in(Suite.DOCTOR)
                    .run(context -> CompletableFuture.completedFuture(
                            Outcome.below("free", 12.1, "percent").warn(15).fail(5))))
            .check(CheckSpec.of("postgres.tcp")
                    .in(Suite.DOCTOR)
                    .run(context -> CompletableFuture.completedFuture(Outcome.fail("\"refused\" \u2028 by 127.0.0.1")
                            .hint("start <it> & look")
                            .reason("refused"))))
            .check(CheckSpec.of("postgres.auth")
                    .in(Suite.DOCTOR)
                    .dependsOn("postgres.tcp")
                    .run(context -> CompletableFuture.completedFuture(Outcome.pass("never run"))))
            .start();
    private String url = "";

    @BeforeEach
    void serve() throws Exception {
        time.advance(Duration.ofSeconds(90));
        var options =
                OperationsOptions.of(SessionOptions.of(BearerTokens.ofList(TOKEN), request -> Sender.local()), time);
        var router = Router.router(vertx);
        router.route(Operations.PATH)
                .subRouter(Operations.of(vertx, engine, options).router(vertx));
        var listening = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1");
        var server = listening.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        url = "http://127.0.0.1:" + server.actualPort() + "/api/operations/doctor?cached=true";
    }

    @AfterEach
    void stop() throws Exception {
        engine.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void hasTheSameBytesEverywhere() {
        var report = engine.snapshot(Suite.DOCTOR);
        var bytes = ReportJson.write(report);

        assertThat(report.checks()).hasSize(3);
        assertThat(Http.get(url, BEARER).body()).isEqualTo(bytes);
        assertThat(printed(bytes)).isEqualTo(bytes);
    }

    @Test
    void hasTheSameStableBytesEverywhere() {
        Report report = engine.snapshot(Suite.DOCTOR);
        var bytes = ReportJson.stable(report);

        assertThat(Http.get(url + "&stable=true", BEARER).body()).isEqualTo(bytes);
        assertThat(printed(bytes)).isEqualTo(bytes);
        assertThat(new String(bytes, UTF_8)).contains("# percent").doesNotContain("12.1");
    }

    /** What the command's standard output carries for a document. */
    private static byte[] printed(byte[] document) {
        var output = new ByteArrayOutputStream();
        var stream = new PrintStream(output, false, UTF_8);
        new Shell(Map.of(), Path.of("/"), Path.of("/"), stream, stream, TextStyle.plain(true), false)
                .document(document);
        return output.toByteArray();
    }
}
