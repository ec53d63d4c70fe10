package dev.koda.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.koda.cli.output.TextStyle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask a server about its audit log, and one that does not. */
@Timeout(60)
class AuditCommandsTest {
    private static final String TOKEN = "kt-correct-horse-battery";
    private static final String HOSTILE = "{\"seq\":7,\"id\":\"i\",\"type\":\"security.auth_failure\",\"time\":"
            + "\"2026-11-28T10:00:00Z\",\"severity\":\"warning\",\"actor\":\"\\u001b[2Jmallory\"}";

    @TempDir
    Path directory;

    private HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();

    private record Answer(int status, String body) {}

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var headers = exchange.getRequestHeaders();
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + headers.getFirst("Authorization") + " " + headers.getFirst("Last-Event-ID"));
            var answer = answers.size() > 1 ? answers.pop() : answers.peek();
            var body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void aTailGoesOnWhereItWasAndEndsWhenNothingComesAnyMore() {
        answers.add(new Answer(
                200, "retry: 1\n\nevent: hello\ndata: {}\n\nid: 7-aa\nevent: audit\ndata: " + HOSTILE + "\n\n"));
        answers.add(new Answer(200, ""));

        var run = koda(TextStyle.plain(true), "audit", "tail", "-n", "5", "--type", "security.*");

        assertThat(run.output()).isEqualTo(HOSTILE + "\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(requests.get(0))
                .isEqualTo("GET /api/operations/audit/stream?tail=5&type=security.* Bearer " + TOKEN + " null");
        assertThat(requests.get(1)).endsWith(" 7-aa");
    }

    @Test
    void aTailOutlivesARestartOfItsServer() {
        answers.add(new Answer(200, "id: 7-aa\nevent: audit\ndata: {\"n\":1}\n\n"));
        answers.add(new Answer(503, "{\"detail\":\"the operations store does not answer\"}"));
        answers.add(new Answer(200, "id: 8-bb\nevent: audit\ndata: {\"n\":2}\n\n"));
        answers.add(new Answer(200, ""));

        var run = koda(TextStyle.plain(true), "audit", "tail");

        assertThat(run.output()).isEqualTo("{\"n\":1}\n{\"n\":2}\n");
        assertThat(requests.get(2)).endsWith(" 7-aa");
        assertThat(requests.get(3)).endsWith(" 8-bb");
    }

    @Test
    void aTerminalGetsLinesForPeopleThatDoNotSteerIt() {
        answers.add(new Answer(200, "id: 7-aa\nevent: audit\ndata: " + HOSTILE + "\n\n"));
        answers.add(new Answer(200, ""));

        var run = koda(TextStyle.terminal(120, false, true), "audit", "tail");

        assertThat(run.output()).isEqualTo("2026-11-28T10:00:00Z warning   security.auth_failure actor=?[2Jmallory\n");
    }

    @Test
    void anExportThatIsCutIsAFailure() {
        answers.add(new Answer(200, HOSTILE + "\n"));
        assertThat(koda("audit", "export").code()).isEqualTo(1);

        answers.clear();
        answers.add(new Answer(200, HOSTILE + "\n{\"complete\":true,\"filtered\":false,\"events\":1}\n"));
        var whole = koda("audit", "export");
        assertThat(whole.code()).isEqualTo(0);
        assertThat(whole.output()).startsWith(HOSTILE + "\n");
    }

    @Test
    void whatTheServerFindsIsTold() {
        answers.add(new Answer(
                200,
                "{\"intact\":false,\"from\":1,\"to\":9,\"events\":9,\"checkpoints\":1,"
                        + "\"faults\":[\"event 3 was changed\"]}"));

        var run = koda(TextStyle.terminal(80, false, true), "audit", "verify");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).isEqualTo("NOT INTACT: 9 events, 1 to 9, and 1 checkpoints\n  event 3 was changed\n");
        assertThat(requests).containsExactly("POST /api/operations/audit/verify Bearer " + TOKEN + " null");
    }

    @Test
    void aFileThatIsNoExportIsRefusedWithoutAskingAnybody() throws IOException {
        Files.writeString(directory.resolve("x"), "{\"a\":1}\n");

        var run = koda("audit", "verify", "x");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.why()).contains("no event of the audit log");
        assertThat(koda("audit", "verify", "missing").why()).contains("missing cannot be read");
        assertThat(requests).isEmpty();
    }

    @Test
    void whatOnlyTheLogKnowsIsPrinted() throws IOException {
        Files.writeString(
                directory.resolve("log"),
                line("0199-a") + line("0199-b") + "{\"logger\":\"other\",\"data\":{\"event_id\":\"x\"}}\nnot json\n");
        answers.add(new Answer(200, "{\"items\":[{\"id\":\"0199-a\"}],\"next_cursor\":\"c\",\"head_seq\":2}"));
        answers.add(new Answer(200, "{\"items\":[],\"next_cursor\":null,\"head_seq\":2}"));

        var run = koda("audit", "reconcile", "log");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output())
                .isEqualTo(
                        "{\"id\":\"0199-b\",\"time\":\"2026-11-28T10:00:00Z\",\"type\":\"security.auth_failure\"}\n");
        assertThat(requests).hasSize(2);
    }

    private static String line(String id) {
        return "{\"time\":\"2026-11-28T10:00:00Z\",\"level\":\"warn\",\"logger\":\"dev.koda.audit\",\"data\":"
                + "{\"event\":\"security.auth_failure\",\"event_id\":\"" + id + "\"}}\n";
    }

    @Test
    void aRefusalOfTheServerIsOneSentence() {
        answers.add(new Answer(503, "{\"detail\":\"this server has no operations store\"}"));

        var run = koda("audit", "verify");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.why()).contains("answered HTTP 503: this server has no operations store");
        assertThat(run.errors()).doesNotContain(TOKEN);
    }

    @Test
    void aTokenIsNeeded() {
        var run = CommandRun.in(directory).koda("audit", "tail");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.why()).contains("CONTROL_PLANE_API_TOKEN");
    }

    @Test
    void theSchemaIsPrintedForItsRole() {
        var setup = CommandRun.in(directory)
                .environment("OPERATIONS_POSTGRES_DSN", "postgresql://keeper:correct-horse@db/ops");

        assertThat(setup.koda("ops", "init", "--print-sql").output())
                .contains("AUTHORIZATION \"keeper\"", "CREATE TABLE koda_ops.audit_log")
                .doesNotContain("correct-horse");
        assertThat(setup.koda("ops", "init", "--print-sql", "--role", "o\"r").output())
                .contains("AUTHORIZATION \"o\"\"r\"");
        assertThat(setup.koda("ops", "init").code()).isEqualTo(2);
    }

    private CommandRun koda(String... arguments) {
        return koda(TextStyle.plain(true), arguments);
    }

    private CommandRun koda(TextStyle style, String... arguments) {
        return CommandRun.in(directory)
                .environment("CONTROL_PLANE_API_TOKEN", TOKEN)
                .environment(
                        "KODA_OPERATIONS_URL",
                        "http://127.0.0.1:" + server.getAddress().getPort())
                .style(style)
                .koda(arguments);
    }
}
