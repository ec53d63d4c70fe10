package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.dashboard.http.Problem;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operations API inside the server: its refusals reach the client as they are. */
class OperationsMountTest {
    private ServerUnderTest server;

    @BeforeEach
    void serve() throws Exception {
        server = ServerUnderTest.with((engine, inProcess) -> {});
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void strangersAreChallenged() throws Exception {
        var answer = server.get("/api/operations/doctor");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer realm=\"koda\"");
        assertThat(answer.headers().firstValue("content-type")).contains(Problem.MEDIA_TYPE);
    }

    @Test
    void aPathThatCannotBeReadIsAProblemToo() throws Exception {
        var answer = server.raw(
                "GET /api/operations/integrations/%zz/history HTTP/1.1\r\nHost: koda\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains(Problem.MEDIA_TYPE, "malformed_path");
    }

    @Test
    void whoKnocksTooOftenIsToldWhenToComeBack() throws Exception {
        for (int i = 0; i < 30; i++) {
            server.get("/api/operations/doctor", "Authorization", "Bearer wrong");
        }

        var answer = server.get("/api/operations/doctor", "Authorization", "Bearer wrong");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void unknownPathsAndMethodsAreTold() throws Exception {
        var authorization = "Bearer " + ServerUnderTest.TOKEN;

        var unknown = server.get("/api/operations/nothing", "Authorization", authorization);
        var posted = server.client()
                .send(
                        HttpRequest.newBuilder(server.uri("/api/operations/doctor"))
                                .header("Authorization", authorization)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("allow")).contains("GET, HEAD");
    }

    @Test
    void whoIsOnThisMachineLogsInWithTheTokenOfTheSettingsAndOut() throws Exception {
        var login = server.client()
                .send(
                        HttpRequest.newBuilder(server.uri("/api/operations/session"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"name\":\"break-glass\",\"token\":\"" + ServerUnderTest.TOKEN + "\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        var cookie = login.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
        var csrf = login.body().replaceFirst(".*\"csrf\":\"([^\"]+)\".*", "$1");

        assertThat(login.statusCode()).isEqualTo(201);
        assertThat(server.get("/api/operations/session", "Cookie", cookie).statusCode())
                .isEqualTo(200);
        assertThat(server.send("DELETE", "/api/operations/session", "Cookie", cookie)
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.send("DELETE", "/api/operations/session", "Cookie", cookie, "X-Koda-Csrf", csrf)
                        .statusCode())
                .isEqualTo(204);
        assertThat(server.get("/api/operations/session", "Cookie", cookie).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aProxyThatIsNotTrustedMakesAClientRemote() throws Exception {
        var login = server.client()
                .send(
                        HttpRequest.newBuilder(server.uri("/api/operations/session"))
                                .headers("Content-Type", "application/json", "X-Forwarded-For", "203.0.113.7")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(login.statusCode()).isEqualTo(403);
        assertThat(login.body()).contains("insecure_connection");
    }
}
