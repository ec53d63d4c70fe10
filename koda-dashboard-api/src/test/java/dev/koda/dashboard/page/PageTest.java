package dev.koda.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void serve() {
        var router = Router.router(vertx);
        Page.of(new PageLinks("https://grafana.example/?a=1&b=\"2\"")).mount(router);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whatTheFirstViewNeedsIsAskedForAtOnceAndTheOtherViewsLater() throws Exception {
        var preloads = Pattern.compile("modulepreload\" href=\"[^\"]*?/([^\"/]+\\.js)\"")
                .matcher(get("/operations").body())
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(preloads)
                .contains("app.js", "overview.js", "poll.js", "lit-html.js")
                .doesNotContain("audit.js", "integrations.js", "feed.js");
    }

    @Test
    void theDocumentRunsNothingButOurScriptsAndItsImportMap() throws Exception {
        var answer = get("/operations");
        var map = Pattern.compile("<script type=\"importmap\">(.*?)</script>").matcher(answer.body());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(map.find()).isTrue();
        assertThat(header(answer, "Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self' 'sha256-" + digest(map.group(1)) + "'; ")
                .contains("require-trusted-types-for 'script'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "*");
        assertThat(answer.body())
                .doesNotContain(" style=", " onclick=", "{base}", "{styles}", "{preloads}")
                .contains("content=\"https://grafana.example/?a=1&amp;b=&quot;2&quot;\"");
    }

    @Test
    void everyAddressInTheDocumentIsServedAndMayBeKeptForever() throws Exception {
        var found = Pattern.compile("(?:href|src)=\"(/[^\"]+)\"")
                .matcher(get("/operations").body());
        int files = 0;
        while (found.find()) {
            var answer = get(found.group(1));

            assertThat(answer.statusCode()).as(found.group(1)).isEqualTo(200);
            assertThat(header(answer, "Cache-Control")).endsWith("immutable");
            files++;
        }
        assertThat(files).isGreaterThan(20);
    }

    @Test
    void whoHasTheDocumentIsToldSo() throws Exception {
        var tag = header(get("/operations"), "ETag");

        assertThat(get("/operations", "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(header(get("/operations"), "Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void itIsCompressedForWhoTakesThat() throws Exception {
        var request = HttpRequest.newBuilder(address("/operations"))
                .header("Accept-Encoding", "br, gzip")
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(unzip(answer.body())).isEqualTo(get("/operations").body());
        assertThat(get("/operations", "Accept-Encoding", "gzip;q=0").headers().firstValue("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void theRootLeadsToTheDocument() throws Exception {
        var answer = get("/");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(header(answer, "Location")).isEqualTo("/operations");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.js", "0123456789abcdef/app.js", "0123456789abcdef/", "../pom.xml", "%2e%2e/x/y"})
    void servesNothingElse(String name) throws Exception {
        assertThat(get("/operations/assets/" + name).statusCode()).isEqualTo(404);
    }

    @Test
    void isReadAndNothingElse() throws Exception {
        var post = HttpRequest.newBuilder(address("/operations"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        var head = HttpRequest.newBuilder(address("/operations"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();

        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
        assertThat(client.send(head, HttpResponse.BodyHandlers.ofString()).body())
                .isEmpty();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(address(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.actualPort() + path);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElseThrow();
    }

    private static String digest(String text) throws Exception {
        var bytes = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String unzip(byte[] bytes) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
