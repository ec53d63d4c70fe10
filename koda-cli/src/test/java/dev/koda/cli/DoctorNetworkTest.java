package dev.koda.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import dev.koda.checks.report.HealthJson;
import dev.koda.checks.report.ReportJson;
import dev.koda.cli.output.SampleReports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A doctor that asks a server, or tells one. */
@Timeout(60)
class DoctorNetworkTest {
    private static final String TOKEN = "kt-correct-horse-battery";

    @TempDir
    Path directory;

    private HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile byte[] body = {};

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var headers = exchange.getRequestHeaders();
            var sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + headers.getFirst("Authorization") + " " + sent.strip());
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
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
    void printsTheReportOfTheServerInAnyFormat() {
        body = ReportJson.write(SampleReports.broken());

        var json = from("--json");

        assertThat(json.code()).isEqualTo(1);
        assertThat(json.output()).isEqualTo(new String(body, UTF_8));
        assertThat(json.why()).isEqualTo("koda doctor: exit 1, fail: postgres.tcp");
        assertThat(requests).containsExactly("GET /api/operations/doctor Bearer " + TOKEN + " ");
        assertThat(from("-o", "health+json").output())
                .isEqualTo(new String(HealthJson.write(SampleReports.broken()), UTF_8));
        assertThat(from().output()).contains("FAIL   postgres.tcp");
        assertThat(from("-o", "nagios").code()).isEqualTo(2);
    }

    @Test
    void asksTheServerForTheSelection() {
        body = ReportJson.write(SampleReports.healthy());

        assertThat(from("--only", "postgres.*,disk.*", "--skip", "a+b", "--strict")
                        .code())
                .isEqualTo(0);
        assertThat(requests)
                .containsExactly("GET /api/operations/doctor?only=postgres.*&only=disk.*&skip=a%2Bb&strict=true"
                        + " Bearer " + TOKEN + " ");
        assertThat(from("--no-write").why()).contains("--no-write and --offline");
    }

    @ParameterizedTest
    @CsvSource({
        "302, 2, 'answered HTTP 302'",
        "400, 2, 'no check for --only or --skip'",
        "401, 2, 'does not take our CONTROL_PLANE_API_TOKEN (HTTP 401)'",
        "404, 2, 'is no Koda server'",
        "500, 1, 'answered HTTP 500'",
        "200, 2, 'is no report of Koda''s: it is not one JSON object'"
    })
    void saysInOneSentenceWhyThereIsNoReport(int answer, int code, String why) {
        status = answer;

        var run = from("--json");

        assertThat(run.code()).isEqualTo(code);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).hasLineCount(1).doesNotContain(TOKEN);
        assertThat(run.why()).startsWith("koda doctor: exit " + code + ": ").contains(why);
        assertThat(requests).hasSize(1);
    }

    @Test
    void aServerThatIsNotThereIsAFailure() throws IOException {
        int port = freePort();
        var setup = CommandRun.in(directory).environment("CONTROL_PLANE_API_TOKEN", TOKEN);

        var run = setup.koda("doctor", "--from", "http://127.0.0.1:" + port);
        var plugin = setup.koda("doctor", "-o", "nagios", "--from", "http://127.0.0.1:" + port);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.why())
                .isEqualTo("koda doctor: exit 1: no report from http://127.0.0.1:" + port
                        + ": the connection is refused or not possible");
        assertThat(plugin.code()).isEqualTo(2);
        assertThat(plugin.output()).startsWith("KODA CRITICAL - no report from http://127.0.0.1:" + port);
    }

    @Test
    void waitsForAServerThatStarts() {
        status = 503;
        var answers = new Thread(() -> {
            while (requests.size() < 2) {
                Thread.onSpinWait();
            }
            body = ReportJson.write(SampleReports.healthy());
            status = 200;
        });
        answers.start();

        var run = from("--wait", "30s");

        assertThat(run.code()).isEqualTo(0);
        assertThat(run.output()).contains("SUMMARY pass");
        assertThat(run.errors()).contains("koda doctor: attempt 1 after 0 s: ").contains("answered HTTP 503");
    }

    @Test
    void asksNobodyWithoutAToken() {
        var run = CommandRun.in(directory).koda("doctor", "--from", url());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.why()).contains("CONTROL_PLANE_API_TOKEN");
        assertThat(requests).isEmpty();
    }

    @Test
    void repeatsNoPartOfAnAddressThatItCannotUse() {
        var run = CommandRun.in(directory).koda("doctor", "--from", "http://user:hunter2@host");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errors()).doesNotContain("hunter2");
    }

    @Test
    void pingsTheUrlOrItsFailure() {
        assertThat(pinged(Outcome.pass("fine"), url() + "/ping/uuid").code()).isEqualTo(0);
        assertThat(pinged(Outcome.warn("odd"), url() + "/ping/uuid/?rid=1").code())
                .isEqualTo(3);
        assertThat(pinged(Outcome.warn("odd"), url() + "/ping/uuid", "--fail-on", "fail")
                        .code())
                .isEqualTo(0);

        assertThat(requests)
                .containsExactly(
                        "POST /ping/uuid null the check passes; pass",
                        "POST /ping/uuid/fail?rid=1 null 1 of 1 check needs attention; warn: config.parse",
                        "POST /ping/uuid null 1 of 1 check needs attention; warn: config.parse");
    }

    @Test
    void aPingThatFailsIsSaidAndChangesNothing() throws IOException {
        status = 404;
        var unknown = pinged(Outcome.pass("fine"), url() + "/ping/uuid");
        var unheard = pinged(Outcome.pass("fine"), "http://127.0.0.1:" + freePort() + "/ping/uuid");

        assertThat(unknown.code()).isEqualTo(0);
        assertThat(unknown.errors()).isEqualTo("koda doctor: 127.0.0.1 answered the ping with HTTP 404\n");
        assertThat(unheard.code()).isEqualTo(0);
        assertThat(unheard.errors()).isEqualTo("koda doctor: the ping did not reach 127.0.0.1\n");
        assertThat(unheard.output()).startsWith("PASS config.parse");
    }

    @Test
    void aServerWithoutAReportIsAFailurePing() {
        status = 500;

        from("--ping", url() + "/ping/uuid");

        assertThat(requests.get(1)).startsWith("POST /ping/uuid/fail null ").contains("answered HTTP 500");
    }

    @Test
    void theFailureOfAPingKeepsItsQuery() {
        assertThat(Ping.failed(URI.create("https://hc.example/a/?x=/y"))).hasToString("https://hc.example/a/fail?x=/y");
    }

    private CommandRun pinged(Outcome outcome, String url, String... options) {
        var check = CheckSpec.of("config.parse")
                .in(Suite.DOCTOR)
                .run(context -> CompletableFuture.completedFuture(outcome));
        return CommandRun.in(directory).checks(check).koda(with(List.of("doctor", "--ping", url), options));
    }

    private CommandRun from(String... options) {
        return CommandRun.in(directory)
                .environment("CONTROL_PLANE_API_TOKEN", TOKEN + ",older-token")
                .koda(with(List.of("doctor", "--from", url() + "/"), options));
    }

    private static String[] with(List<String> begin, String... more) {
        var all = new ArrayList<>(begin);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
