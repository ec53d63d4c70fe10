package dev.koda.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Prometheus, Alertmanager and blackbox_exporter with the shipped files. Copies are made that differ in addresses and in
 * patience: a scrape and an evaluation each second, and a second where a rule waits for minutes.
 */
final class WatchingStack {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private final Path directory;
    private final int server;
    private final PublicAddress proxy;
    private final int prometheus = FreePort.next();
    private final int alertmanager = FreePort.next();
    private final int blackbox = FreePort.next();

    private WatchingStack(Path directory, int server, PublicAddress proxy) {
        this.directory = directory;
        this.server = server;
        this.proxy = proxy;
    }

    /**
     * Watches what listens on this port.
     *
     * @param proxy what the world sees of it, whose certificate blackbox_exporter trusts
     */
    static WatchingStack start(KodaSandbox sandbox, int server, PublicAddress proxy) throws IOException {
        var stack = new WatchingStack(sandbox.directory("watching"), server, proxy);
        stack.copyFiles();
        stack.startPrograms(sandbox);
        for (int port : List.of(stack.prometheus, stack.alertmanager, stack.blackbox)) {
            var path = port == stack.blackbox ? "/" : "/-/ready";
            Within.answer(
                    START_LIMIT,
                    "port " + port + " answers",
                    () -> Http.get("http://127.0.0.1:" + port + path),
                    answer -> answer.status() == 200);
        }
        return stack;
    }

    private void copyFiles() throws IOException {
        var rules = Files.createDirectory(directory.resolve("rules"));
        for (var file : Shipped.files(Shipped.file("prometheus/rules"), ".yml")) {
            var impatient = Shipped.text(file)
                    .replaceAll("\\bfor: \\w+", "for: 1s")
                    .replaceAll("interval: \\w+", "interval: 1s");
            Files.writeString(rules.resolve(file.getFileName()), impatient);
        }
        var adapted = Shipped.text(Shipped.file("prometheus/prometheus.yml"))
                .replaceAll("(scrape|evaluation)_interval: 15s", "$1_interval: 1s")
                .replace("scrape_timeout: 10s", "scrape_timeout: 1s")
                .replace(":8090\"", ":" + server + "\"")
                .replace(":9115", ":" + blackbox)
                .replace(":9093\"", ":" + alertmanager + "\"")
                .replace(":9090\"", ":" + prometheus + "\"");
        Files.writeString(directory.resolve("prometheus.yml"), adapted);
        Files.writeString(directory.resolve("public.yml"), "- targets: [\"" + proxy.url("") + "\"]\n");
    }

    private void startPrograms(KodaSandbox sandbox) {
        sandbox.run(List.of(
                "prometheus-alertmanager",
                "--config.file=" + Shipped.file("alertmanager/alertmanager.yml"),
                "--storage.path=" + directory.resolve("alertmanager"),
                "--web.listen-address=127.0.0.1:" + alertmanager,
                "--cluster.listen-address="));
        sandbox.run(
                List.of(
                        "prometheus-blackbox-exporter",
                        "--config.file=" + Shipped.file("blackbox/blackbox.yml"),
                        "--web.listen-address=127.0.0.1:" + blackbox),
                Map.of("SSL_CERT_FILE", proxy.certificate().toString()));
        sandbox.run(List.of(
                "prometheus",
                "--config.file=" + directory.resolve("prometheus.yml"),
                // The first alerts find no Alertmanager yet.
                "--rules.alert.resend-delay=1s",
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + prometheus));
    }

    /** The value of an expression that has one sample; NaN if it has none. */
    double value(String expression) {
        var query = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        var result = json("http://127.0.0.1:" + prometheus + "/api/v1/query?query=" + query)
                .at("/data/result");
        return result.size() == 1 ? result.get(0).at("/value/1").asDouble(Double.NaN) : Double.NaN;
    }

    /** What Prometheus says of its rules: those with an error. */
    List<JsonNode> brokenRules() {
        var groups = json("http://127.0.0.1:" + prometheus + "/api/v1/rules").at("/data/groups");
        return Shipped.each(groups).stream()
                .flatMap(group -> Shipped.each(group.path("rules")).stream())
                .filter(rule -> !rule.path("health").asText().equals("ok"))
                .toList();
    }

    /** The alert as Alertmanager has it now: {@code active}, {@code suppressed}, or empty if it does not have it. */
    String stateOf(String alert) {
        for (var one : json("http://127.0.0.1:" + alertmanager + "/api/v2/alerts")) {
            if (one.at("/labels/alertname").asText().equals(alert)) {
                return one.at("/status/state").asText();
            }
        }
        return "";
    }

    /** What blackbox_exporter shows of a probe of this address. */
    String probe(String module, String url) {
        return Http.get("http://127.0.0.1:" + blackbox + "/probe?module=" + module + "&target=" + url)
                .text();
    }

    private static JsonNode json(String url) {
        var answer = Http.get(url);
        return RunningStack.json(answer.status() == 200 ? answer.text() : "{}");
    }
}
