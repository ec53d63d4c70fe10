package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An nginx with the shipped site in front of a server. The copy differs in addresses, and takes 127.0.0.2 for inside and
 * the rest of this machine for the world.
 */
final class PublicAddress {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String MAIN = """
        %s
        daemon off;
        pid nginx.pid;
        events {}
        http {
            access_log off;
            client_body_temp_path body;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
            include koda.conf;
        }
        """;

    private final KodaSandbox sandbox;
    private final Path directory;
    private final int port = FreePort.next();

    private PublicAddress(KodaSandbox sandbox, Path directory) {
        this.sandbox = sandbox;
        this.directory = directory;
    }

    /** Makes a certificate and starts it before the server at this port. */
    static PublicAddress start(KodaSandbox sandbox, int server) throws IOException {
        var address = new PublicAddress(sandbox, sandbox.directory("nginx"));
        address.certify();
        address.configure(server);
        var check = sandbox.run(address.nginx("-t"));
        assertThat(check.awaitExit(LIMIT)).as(check.toString()).isZero();
        assertThat(check.errors()).contains("syntax is ok").doesNotContain("[warn]", "[emerg]");
        sandbox.run(address.nginx());
        Within.limit(LIMIT, "nginx answers", () -> address.get("/health").startsWith("200 "));
        return address;
    }

    private void certify() {
        var openssl = sandbox.run(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "9",
                "-subj",
                "/CN=koda.internal",
                "-addext",
                "subjectAltName=DNS:koda.internal,IP:127.0.0.1",
                "-keyout",
                directory.resolve("privkey.pem").toString(),
                "-out",
                certificate().toString()));
        assertThat(openssl.awaitExit(LIMIT)).as(openssl.toString()).isZero();
    }

    private void configure(int server) throws IOException {
        var site = Shipped.text(Shipped.file("nginx/koda.conf"))
                .replace("listen 80;", "listen 127.0.0.1:" + FreePort.next() + ";")
                .replace("listen 443 ssl;", "listen 127.0.0.1:" + port + " ssl;")
                .replace("/etc/ssl/koda/", directory + "/")
                .replace("server 127.0.0.1:8091;", "server 127.0.0.1:" + server + ";")
                .replaceAll("server 127.0.0.1:(8090|3000);", "server 127.0.0.1:" + FreePort.next() + ";")
                .replace("127.0.0.0/8 1;", "127.0.0.2/32 1;")
                .replace("/opt/koda-checks/docs/runbooks", Shipped.runbooks().toString());
        Files.writeString(directory.resolve("koda.conf"), site);
        // Else its workers would be somebody who may not read what belongs to the test.
        var user = System.getProperty("user.name").equals("root") ? "user root;" : "";
        Files.writeString(directory.resolve("nginx.conf"), MAIN.formatted(user));
    }

    private List<String> nginx(String... options) {
        var command =
                new ArrayList<>(List.of(program(), "-p", directory.toString(), "-c", "nginx.conf", "-e", "stderr"));
        command.addAll(List.of(options));
        return command;
    }

    /** Debian has it where only root looks. */
    private static String program() {
        return Stream.of("/usr/local/bin/nginx", "/usr/sbin/nginx", "/usr/local/sbin/nginx")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElse("nginx");
    }

    /** What its clients trust. */
    Path certificate() {
        return directory.resolve("fullchain.pem");
    }

    String url(String path) {
        return "https://127.0.0.1:" + port + path;
    }

    /** Status, a blank and the body, as the world gets them; with these options of curl besides. */
    String get(String path, String... options) {
        var command = new ArrayList<>(
                List.of("curl", "-sS", "-N", "--cacert", certificate().toString(), "-w", "%{stderr}%{http_code}"));
        command.addAll(List.of(options));
        command.add(url(path));
        var curl = sandbox.run(command);
        curl.awaitExit(LIMIT);
        var errors = curl.errors();
        return errors.substring(Math.max(0, errors.length() - 3)) + " " + curl.output();
    }
}
