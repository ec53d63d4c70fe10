package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole server whose Postgres ends: people come in, look and leave, and what they did is safe on the disk. */
@Timeout(120)
class OperationsOutageTest {
    private static final String[] BREAK_GLASS = {"Authorization", "Bearer " + ServerUnderTest.TOKEN};

    @TempDir
    Path directory;

    private ServerOnStore whole;
    private ServerUnderTest server;

    @BeforeEach
    void serve() throws Exception {
        whole = ServerOnStore.in(directory, (engine, inProcess) -> {});
        server = whole.server();
    }

    @AfterEach
    void stop() throws IOException {
        whole.close();
    }

    private HttpResponse<String> ask(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.uri("/api/operations" + path))
                .timeout(ServerUnderTest.LIMIT)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return server.client().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void peopleLogInLookAndLogOutWithoutTheStore() throws Exception {
        var added = ask("POST", "/operators", "{\"name\":\"alice\",\"role\":\"admin\"}", BREAK_GLASS);
        var token = new JsonObject(added.body()).getString("token");
        whole.postgres().close();

        var login = ask("POST", "/session", "{\"name\":\"alice\",\"token\":\"" + token + "\"}");
        var cookie = login.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
        var csrf = new JsonObject(login.body()).getString("csrf");
        var looked = ask("GET", "/session", "", "Cookie", cookie);
        var listed = ask("GET", "/operators", "", "Cookie", cookie);
        var changed = ask("POST", "/operators", "{\"name\":\"bob\",\"role\":\"viewer\"}", BREAK_GLASS);
        var logout = ask("DELETE", "/session", "", "Cookie", cookie, "X-Koda-Csrf", csrf);
        var after = ask("GET", "/session", "", "Cookie", cookie);

        assertThat(login.statusCode()).isEqualTo(201);
        assertThat(looked.statusCode()).isEqualTo(200);
        assertThat(listed.statusCode()).isEqualTo(503);
        assertThat(changed.statusCode()).isEqualTo(503);
        assertThat(changed.body()).contains("operations_store_unavailable");
        assertThat(logout.statusCode()).isEqualTo(204);
        assertThat(after.statusCode()).isEqualTo(401);
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
        assertThat(spooled())
                .contains("security.operator_login_succeeded", "security.operator_logout")
                .doesNotContain(token)
                .doesNotContain(cookie.substring(cookie.indexOf('=') + 1));
    }

    private String spooled() throws IOException {
        try (var files = Files.list(ServerOnStore.operations(directory))) {
            var text = new StringBuilder();
            for (var file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
                text.append(Files.readString(file));
            }
            return text.toString();
        }
    }
}
