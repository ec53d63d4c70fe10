package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.dashboard.http.Problem;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    private ServerUnderTest server;

    @BeforeEach
    void serve() throws Exception {
        server = ServerUnderTest.with((engine, inProcess) -> {});
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static void assertProblem(String answer, int status) {
        assertThat(answer)
                .matches("(?s)HTTP/1\\.[01] " + status + " .*")
                .contains("content-type: " + Problem.MEDIA_TYPE);
        var body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(new JsonObject(body).getInteger("status")).isEqualTo(status);
        assertThat(body).doesNotContain("Exception").doesNotContain("io.netty").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/operations/x",
                "/healthz",
                "/health/",
                "/api",
                "/api/runtime",
                "/metrics/x",
                "/docs/checks",
                "/%2e%2e/etc/passwd"
            })
    void anUnknownPathIs404(String path) throws Exception {
        var answer = server.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).contains(Problem.MEDIA_TYPE);
        assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(answer.headers().firstValue("content-security-policy")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"POST,/metrics", "DELETE,/docs/checks/disk.space", "PUT,/metrics"})
    void aWrongMethodIs405(String method, String path) throws Exception {
        var answer = server.send(method, path);

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
        assertThat(new JsonObject(answer.body()).getInteger("status")).isEqualTo(405);
    }

    @Test
    void aLineThatIsTooLongIs414() throws Exception {
        assertProblem(server.raw("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: h\r\n\r\n"), 414);
    }

    @Test
    void aHeaderThatIsTooLargeIs431() throws Exception {
        assertProblem(
                server.raw("GET /health HTTP/1.1\r\nHost: h\r\nX-Large: " + "x".repeat(20_000) + "\r\n\r\n"), 431);
    }

    /** An end of the connection while the client still writes would be a reset, and take the answer away. */
    @Test
    void whoSendsAMuchLargerHeaderStillReadsTheAnswer() throws Exception {
        assertProblem(
                server.raw("GET /health HTTP/1.1\r\nHost: h\r\nX-Large: " + "x".repeat(4_000_000) + "\r\n\r\n"), 431);
    }

    @Test
    void aBodyThatSaysItIsTooLargeIs413() throws Exception {
        assertProblem(server.raw("POST /health HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999\r\n\r\n"), 413);
        assertProblem(server.raw("POST /nowhere HTTP/1.1\r\nHost: h\r\nContent-Length: 65537\r\n\r\n"), 413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rubbish\r\n\r\n", "GET\r\n\r\n", "GET /he\u0001alth HTTP/1.1\r\nBad Header\r\n\r\n"})
    void whatIsNoRequestIs400(String request) throws Exception {
        assertProblem(server.raw(request), 400);
    }

    @Test
    void aBrokenEscapeIs400() throws Exception {
        var authorization = "Authorization: Bearer " + ServerUnderTest.TOKEN + "\r\n";

        assertProblem(
                server.raw("GET /api/operations/doctor?only=%zz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                        + authorization + "\r\n"),
                400);
    }

    @Test
    void aBodyThatTurnsOutTooLargeEndsTheConnection() throws Exception {
        var chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
        var answer =
                server.raw("GET /nowhere HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(6));

        assertThat(answer).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void aSmallBodyIsReadAwayAndTheConnectionUsedAgain() throws Exception {
        for (int i = 0; i < 3; i++) {
            var request = HttpRequest.newBuilder(server.uri("/health"))
                    .method("GET", HttpRequest.BodyPublishers.ofString("x".repeat(10_000)))
                    .build();

            assertThat(server.client()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
