package dev.koda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measures real things on loopback. */
@Timeout(120)
class ChecksAddCommandTest {
    private static final String SEEN = "# seen on \\d{4}-\\d\\d-\\d\\d: ";
    private static final String BEFORE = "# mine\nversion: 1\nchecks:\n  # first\n  - {id: a.b, disk: {path: /}}\n";

    @TempDir
    Path directory;

    private HttpServer server;
    private int port;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        port = server.getAddress().getPort();
        server.createContext("/", exchange -> {
            int status = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"200", "204", "302"})
    void expectsTheStatusThatItSaw(int status) throws IOException {
        var file = Files.writeString(directory.resolve("koda.yaml"), BEFORE);

        var run = add("http", url(status));

        assertThat(run.code()).as(run.errors()).isEqualTo(0);
        assertThat(file)
                .content()
                .startsWith(BEFORE)
                .matches("(?s).*\\n  " + SEEN + "answers " + status
                        + " in \\d+ ms\\n  - id: custom.127-0-0-1-\\d+-" + status + "\\n    http: \\{url: \""
                        + url(status)
                        + "\", expect: " + status + "}\\n    timeout: \\d+s\\n");
        assertThat(run.output()).startsWith("added custom.127-0-0-1-").contains(" to " + file + "\n  # seen on ");
        assertThat(doctor().code()).isNotEqualTo(2);
        assertThat(doctor().output()).containsPattern("PASS +custom.127-0-0-1-");
    }

    @Test
    void addsNothingThatFailsUnlessItIsForced() throws IOException {
        var file = Files.writeString(directory.resolve("koda.yaml"), BEFORE);

        var run = add("http", url(503));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).isEmpty();
        assertThat(run.why()).contains("answers 503 in ").endsWith("; nothing was added, --force adds it all the same");
        // A path with a typo, and one that asks for credentials.
        assertThat(add("http", url(404)).code()).isEqualTo(1);
        assertThat(add("http", url(401)).code()).isEqualTo(1);
        assertThat(file).hasContent(BEFORE);

        assertThat(add("http", url(503), "--force", "--id", "my.web").code()).isEqualTo(0);
        assertThat(file)
                .content()
                .containsPattern("# when it was added, on [0-9-]+: answers 503 in \\d+ ms\n  - id: my.web\n")
                .contains("http: {url: \"" + url(503) + "\"}\n")
                .doesNotContain("expect", "timeout");
    }

    @Test
    void measuresEveryKind() throws Exception {
        var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        closed.close();
        var plugin = Files.writeString(directory.resolve("check_it"), "#!/bin/sh\necho \"it is $1 |a=1\"\n");
        assertThat(plugin.toFile().setExecutable(true)).isTrue();
        Files.writeString(directory.resolve(".env"), "KODA_STACK=none\nOPENAI_API_KEY=sk-Zk3mWq8vTn2xRb7pLc5d\n");

        assertThat(add("tcp", "127.0.0.1:" + port).code()).isEqualTo(0);
        assertThat(add("tcp", "127.0.0.1:" + closed.getLocalPort()).code()).isEqualTo(1);
        assertThat(add("dns", "localhost").code()).isEqualTo(0);
        assertThat(add("disk", ".").code()).isBetween(0, 1);
        assertThat(add("secret", "OPENAI_API_KEY").code()).isEqualTo(0);
        assertThat(add("secret", "STRIPE_KEY").code()).isEqualTo(1);
        assertThat(add("exec", "--", plugin.toString(), "-w", "5").code()).isEqualTo(0);
        assertThat(add("exec", "--id", "my.plugin", plugin.toString(), "@good").code())
                .isEqualTo(0);

        var text = Files.readString(directory.resolve("koda.yaml"));
        assertThat(text)
                .startsWith("# docs/koda-yaml.md describes every key")
                .contains("- id: custom.127-0-0-1-" + port + "\n    tcp: {host: 127.0.0.1, port: " + port + "}\n")
                .contains("- id: custom.localhost\n    dns: {host: localhost}\n")
                .contains("- id: custom.openai-api-key\n    secret: {setting: OPENAI_API_KEY}\n")
                .contains("- id: custom.check-it\n    exec: {command: [" + plugin + ", \"-w\", \"5\"]}\n")
                .contains("- id: my.plugin\n    exec: {command: [" + plugin + ", \"@good\"]}\n")
                .contains(": it is @good\n");
        assertThat(StackFileSchema.errors(text)).isEmpty();
    }

    /** An S3 check needs keys too, and a heartbeat is sent and not measured. */
    @Test
    void knowsEveryKindThatCanBeSaidInAWord() throws IOException {
        var kinds = AddedKinds.all(directory).stream().map(AddedKind::key).toList();

        assertThat(StackFileSchema.kinds())
                .filteredOn(kind -> !kinds.contains(kind))
                .containsExactlyInAnyOrder("s3", "heartbeat");
    }

    @Test
    void addsNoOtherKindThatFailsEither() {
        var refused = add("tls", "127.0.0.1:1");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.why()).endsWith("--force adds it all the same");
        assertThat(add("postgres", "SELECT 1").code()).isNotZero();
        assertThat(directory.resolve("koda.yaml")).doesNotExist();

        assertThat(add("tls", "--force", "--print", "localhost:1").output())
                .contains("- id: localhost.1\n    tls: {host: localhost, port: 1}\n");
        assertThat(add("tls", "--force", "--print", "[::1]:1").output()).contains("tls: {host: \"::1\", port: 1}\n");
    }

    @Test
    void keepsVariablesAsTheyAre() throws IOException {
        var setup = setup().environment("WEB", "127.0.0.1:" + port);

        var run = setup.koda("checks", "add", "http", "--id", "my.web", "http://${WEB}/200");

        assertThat(run.code()).as(run.errors()).isEqualTo(0);
        assertThat(directory.resolve("koda.yaml")).content().contains("url: \"http://${WEB}/200\"");
    }

    @Test
    void printsAndChangesNothing() throws IOException {
        var file = Files.writeString(directory.resolve("koda.yaml"), BEFORE);

        var run = add("http", "--print", url(200));

        assertThat(run.code()).isEqualTo(0);
        assertThat(run.output())
                .matches("  " + SEEN + "answers 200 in \\d+ ms\\n  - id: [^\\n]*\\n    http: [^\\n]*\\n"
                        + "    timeout: \\d+s\\n");
        assertThat(file).hasContent(BEFORE);
    }

    @Test
    void printsTheLinesWhereItCannotPutThem() throws IOException {
        var before = "{version: 1, checks: []}\n";
        var file = Files.writeString(directory.resolve("koda.yaml"), before);

        var run = add("disk", "--force", "/");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).contains("  - id: custom.room\n    disk: {path: /}\n");
        assertThat(run.why()).contains("put the lines above into it: its list of checks has another form");
        assertThat(file).hasContent(before);
    }

    @Test
    void givesEachAnIdOfItsOwn() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(add("http", url(200)).code()).isEqualTo(0);
        }

        var ids = new ArrayList<String>();
        Files.readString(directory.resolve("koda.yaml"))
                .lines()
                .filter(line -> line.contains("id: "))
                .forEach(ids::add);
        assertThat(ids).hasSize(3).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "http, Missing required parameter",
        "exec, Missing required parameter",
        "http ftp://h/, must be",
        "http http://me:hunter2@h/, the URL holds a secret",
        "http http://h/?api_key=hunter2, the URL holds a secret",
        "tcp localhost, 'expected HOST:PORT'",
        "tcp localhost:99999, port must be",
        "disk --id disk.mine /, is that of built-in checks",
        "disk --id Mine /, 'must be of the form group.kebab-case'",
        "disk --id a.b /, there is a check a.b already",
        "dns 'a b', one word",
        "dns --config missing/koda.yaml localhost, 1 error in the settings"
    })
    void refusesWhatCannotBeACheck(String arguments, String why) throws IOException {
        var file = Files.writeString(directory.resolve("koda.yaml"), BEFORE);
        var words = arguments.startsWith("dns '") ? new String[] {"dns", "a b"} : arguments.split(" ", -1);

        var run = add(words);

        assertThat(run.code()).as(run.errors()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.why()).contains(why).doesNotContain("hunter2");
        assertThat(file).hasContent(BEFORE);
    }

    @Test
    void changesNoFileThatDoesNotLoad() throws IOException {
        var file = Files.writeString(directory.resolve("koda.yaml"), "version: 1\nchecks:\n");

        var run = add("disk", "/");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errors()).contains("koda.yaml:2:");
        assertThat(file).hasContent("version: 1\nchecks:\n");
    }

    private String url(int status) {
        return "http://127.0.0.1:" + port + "/" + status;
    }

    private CommandRun doctor() {
        return setup().koda("doctor", "--only", "custom.*");
    }

    private CommandRun add(String... words) {
        var all = new ArrayList<>(List.of("checks", "add"));
        all.addAll(List.of(words));
        return setup().koda(all.toArray(String[]::new));
    }

    private CommandRun.Setup setup() {
        return CommandRun.in(directory).real().environment("KODA_STACK", "none");
    }
}
