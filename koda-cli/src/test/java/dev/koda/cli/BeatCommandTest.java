package dev.koda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.koda.checks.CheckId;
import dev.koda.checks.heartbeat.HeartbeatToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real commands, and a server that notes what it hears. */
@Timeout(60)
class BeatCommandTest {
    private static final String SECRET = "a-session-secret-that-nobody-can-guess-1";
    private static final String TOKEN = HeartbeatToken.of(SECRET, CheckId.of("backup.copy"));

    @TempDir
    Path directory;

    private HttpServer server;
    private int status = 204;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void runsTheCommandAndSendsItsExitCode() throws IOException {
        var run = koda("beat", "backup.copy", "--", "sh", "-c", "echo done --to \"$1\" > file; exit 3", "sh", "@x");

        assertThat(run.code()).isEqualTo(3);
        assertThat(directory.resolve("file")).hasContent("done --to @x");
        assertThat(requests).containsExactly("POST /api/operations/heartbeats/backup.copy/3 Bearer " + TOKEN);
        assertThat(run.output() + run.errors()).isEmpty();
    }

    @Test
    void withoutACommandItIsThatOfARunThatDidItsWork() {
        assertThat(koda("beat", "backup.copy").code()).isEqualTo(0);
        assertThat(requests).hasSize(1).first().asString().contains("/backup.copy/0 ");
        status = 401;
        var refused = koda("beat", "backup.copy");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errors())
                .contains("HTTP 401", "does not expect backup.copy")
                .doesNotContain(TOKEN);
    }

    @Test
    void aServerThatIsAwayChangesNoExitCode() {
        server.stop(0);

        for (int exit : new int[] {0, 7}) {
            var run = koda("beat", "backup.copy", "--", "sh", "-c", "exit " + exit);
            assertThat(run.code()).isEqualTo(exit);
            assertThat(run.errors()).isEqualTo("koda beat: the heartbeat did not reach 127.0.0.1\n");
        }
    }

    @Test
    void settingsThatAreWrongKeepNoCommandFromRunning() {
        var run = CommandRun.in(directory)
                .environment("WEB_OPERATOR_SESSION_SECRET", SECRET)
                .environment("KODA_OPERATIONS_PORT", "no port")
                .koda("beat", "backup.copy", "--", "sh", "-c", "echo ran > file");

        assertThat(run.code()).isEqualTo(0);
        assertThat(directory.resolve("file")).hasContent("ran");
        assertThat(run.errors()).contains("koda beat: no heartbeat is sent: neither --to nor");
    }

    @Test
    void aCommandThatIsNotThereIsAFailedRun() {
        var run = koda("beat", "backup.copy", "--", "no-such-program-anywhere");

        assertThat(run.code()).isEqualTo(127);
        assertThat(run.errors()).contains("no-such-program-anywhere cannot be run");
        assertThat(requests).hasSize(1).first().asString().contains("/backup.copy/127 ");
    }

    @Test
    void showsTheTokenAndTakesOneThatIsGiven() {
        var shown = koda("beat", "backup.copy", "--show-token");
        assertThat(shown.output()).isEqualTo(TOKEN + "\n");
        assertThat(requests).isEmpty();

        var given = CommandRun.in(directory)
                .environment("KODA_HEARTBEAT_TOKEN", TOKEN)
                .koda("beat", "backup.copy", "--to", url());
        assertThat(given.code()).isEqualTo(0);
        assertThat(requests).first().asString().endsWith(TOKEN);

        var none = CommandRun.in(directory).koda("beat", "backup.copy", "--to", url());
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.errors()).contains("KODA_HEARTBEAT_TOKEN");
    }

    @Test
    void anIdThatIsNoneIsAUsageError() {
        assertThat(koda("beat", "no id").code()).isEqualTo(2);
        assertThat(koda("beat").code()).isEqualTo(2);
    }

    private CommandRun koda(String... arguments) {
        return CommandRun.in(directory)
                .environment("WEB_OPERATOR_SESSION_SECRET", SECRET)
                .environment("KODA_OPERATIONS_URL", url())
                .koda(arguments);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
