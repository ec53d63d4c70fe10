package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.koda.checks.Category;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Query;
import dev.koda.checks.Reason;
import dev.koda.checks.Report;
import dev.koda.checks.Skipped;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.Threshold;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.runtime.EventLoopLag;
import dev.koda.checks.runtime.Loops;
import dev.koda.checks.runtime.RuntimeGate;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsException;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a koda.yaml to a report. */
class CustomPartTest {
    @TempDir
    Path directory;

    private final TimeSource time = TimeSource.system();
    private final StackClients clients = StackClients.of("host", "test", time);
    private final Loopback loopback = new Loopback();
    private final Map<String, String> environment = new HashMap<>(Map.of("KODA_STACK", "none"));
    private Path file;

    @BeforeEach
    void place() {
        file = directory.resolve("koda.yaml");
    }

    @AfterEach
    void close() {
        clients.close();
        loopback.close();
    }

    @Test
    void asksEveryKind() throws Exception {
        var url = loopback.http(request -> request.response().end("{\"status\":\"pass\"}"));
        var root = directory.resolve("root.pem");
        var secure =
                loopback.https(certified(root), request -> request.response().end());
        environment.put("STRIPE", "sk_live_4kNj0oVb2nMx7cLz4aKs9dJf6g");
        write(
                "checks:",
                "- {id: app.http, http: {url: '" + url + "', expect: {json: {/status: pass}}}}",
                "- {id: app.tcp, tcp: {host: 127.0.0.1, port: " + url.getPort() + "}, thresholds: {fail: 5000}}",
                "- {id: app.tls, tls: {host: 127.0.0.1, port: " + secure.getPort()
                        + ", server_name: koda.example, roots: " + root + "}, thresholds: {warn: 20}}",
                "- {id: app.dns, dns: {host: localhost}}",
                "- {id: app.disk, disk: {path: " + directory + "}, thresholds: {warn: 0, fail: 0}}",
                "- {id: app.bucket, s3: {endpoint: '" + url
                        + "', bucket: b, access_key: aa, secret_key: bb}, timeout: 9s}",
                "- {id: app.secret, secret: {setting: STRIPE, strength: password}}",
                "- {id: app.exec, exec: {command: [printf, 'fine | a=1']}}");

        var report = report("app.*");

        assertThat(report.checks()).hasSize(8).allSatisfy(result -> {
            assertThat(result.spec().category()).isEqualTo(Category.CUSTOM);
            assertThat(documented()).contains(String.valueOf(result.spec().docs()));
            assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        });
        assertThat(result(report, "app.exec").outcome().observed()).containsKey("a");
        assertThat(result(report, "app.tls").outcome().thresholds())
                .extracting(Threshold::warn)
                .containsExactly(20.0);
    }

    /** Signed by itself for another name than that of the host, with the certificate left there. */
    private HttpServerOptions certified(Path certificate) throws Exception {
        var key = directory.resolve("key.pem");
        var command = List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "90",
                "-subj",
                "/CN=koda.example",
                "-addext",
                "subjectAltName=DNS:koda.example",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return new HttpServerOptions()
                .setKeyCertOptions(
                        new PemKeyCertOptions().setKeyPath(key.toString()).setCertPath(certificate.toString()));
    }

    @Test
    void judgesACertificateByTheNameThatItIsAskedFor() throws Exception {
        var root = directory.resolve("root.pem");
        var port = loopback.https(certified(root), request -> request.response().end())
                .getPort();
        write(
                "checks:",
                "- {id: app.address, tls: {host: 127.0.0.1, port: " + port + ", roots: " + root + "}}",
                "- {id: app.other, tls: {host: 127.0.0.1, port: " + port + ", server_name: koda.example}}",
                "- {id: app.days, tls: {host: 127.0.0.1, port: " + port + ", server_name: koda.example, roots: " + root
                        + "}, thresholds: {fail: 91}}",
                "- {id: app.postgres, tls: {host: 127.0.0.1, port: " + port + ", starttls: postgres}}");

        var report = report("app.*");

        assertThat(result(report, "app.address").reason()).isEqualTo(new Reason("tls_hostname"));
        assertThat(result(report, "app.other").reason()).isEqualTo(new Reason("tls_self_signed"));
        assertThat(result(report, "app.days").status())
                .as("never before a quarter is left")
                .isEqualTo(Status.PASS);
        assertThat(result(report, "app.postgres").status()).isEqualTo(Status.FAIL);
        assertThat(result(report, "app.other").spec().command())
                .isEqualTo("openssl s_client -connect 127.0.0.1:" + port + " -showcerts -servername koda.example"
                        + " </dev/null");
    }

    @Test
    void aBucketWithoutKeysIsSkippedAndListsAreNotAskedForOften() throws Exception {
        var s3 = "s3: {endpoint: 'http://127.0.0.1:9', bucket: b, secret_key: bb, ";
        write(
                "checks:",
                "- {id: app.keyless, " + s3 + "access_key: '${NO_SUCH_KEY:-}'}}",
                "- {id: app.objects, " + s3 + "access_key: aa, prefix: ''}, suites: [readiness, doctor]}",
                "- {id: app.often, " + s3 + "access_key: aa, prefix: ''}, every: 30s, timeout: 3s}",
                "- {id: app.bucket, " + s3 + "access_key: aa}}");

        assertThat(stack().skips())
                .filteredOn(skip -> skip.id().name().equals("app.keyless"))
                .extracting(Skip::why)
                .containsExactly("access_key or secret_key is empty, as that of a variable that is not set");
        assertThat(timeout("app.objects")).isEqualTo(Duration.ofSeconds(10));
        assertThat(timeout("app.often")).isEqualTo(Duration.ofSeconds(3));
        assertThat(timeout("app.bucket")).isEqualTo(Duration.ofSeconds(5));
        assertThat(pace("app.objects")).isEqualTo("PT15M PT15M");
        assertThat(pace("app.often")).isEqualTo("PT30S PT30S");
    }

    private Duration timeout(String name) {
        return stack().specs().stream()
                .filter(spec -> spec.id().name().equals(name))
                .map(CheckSpec::timeout)
                .findFirst()
                .orElseThrow();
    }

    private String pace(String name) {
        return stack().specs().stream()
                .filter(spec -> spec.id().name().equals(name))
                .map(spec -> spec.every() + " " + spec.everyWhenFailing())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void failsWithTheHintOfItsAuthor() throws Exception {
        var port = loopback.refused().getPort();
        write(
                "checks:",
                "- {id: app.queue, tcp: {host: 127.0.0.1, port: " + port + "}, hint: restart the queue}",
                "- {id: app.work, dns: {host: localhost}, depends_on: app.queue, critical: false}",
                "- {id: app.key, secret: {setting: NO_SUCH_KEY}, title: Key}");

        var report = report("app.*");

        assertThat(result(report, "app.queue").outcome().hint()).isEqualTo("restart the queue");
        assertThat(result(report, "app.work").reason()).isEqualTo(Reason.NOT_RUN);
        assertThat(result(report, "app.work").spec().critical()).isFalse();
        assertThat(result(report, "app.key").message()).isEqualTo("NO_SUCH_KEY is not set");
        assertThat(report.status()).isEqualTo(Status.FAIL);
    }

    @Test
    void takesSecretsOfTheFileOutOfWhatAPluginSays() throws Exception {
        write(
                "checks:",
                "- {id: app.leak, exec: {command: [sh, -c, 'echo key is $$API_KEY; exit 2'], "
                        + "env: {API_KEY: xq7-hunter22-zz}}}");

        assertThat(result(report("app.leak"), "app.leak").message()).isEqualTo("key is [REDACTED]");
    }

    @Test
    void refusesACheckThatDependsOnOneThatThereIsNot() throws Exception {
        write("checks:", "- {id: app.work, dns: {host: localhost}, depends_on: [postgres.tcp, app.quue]}");

        var refused = catchThrowableOfType(SettingsException.class, this::stack);

        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("app.work depends on app.quue, and there is no such check");
            assertThat(problem.line()).isEqualTo(3);
        });
    }

    @Test
    void saysWhyAPostgresOrAHeartbeatIsNotAsked() throws Exception {
        environment.put("SEVERAL", "postgres://a,b/d");
        environment.put("ODD", "mysql://a/d");
        write(
                "checks:",
                "- {id: app.a, postgres: {query: SELECT 1}}",
                "- {id: app.b, postgres: {query: SELECT 1, setting: NO_SUCH_DSN}}",
                "- {id: app.c, postgres: {query: SELECT 1, setting: ODD}}",
                "- {id: app.d, postgres: {query: SELECT 1, setting: SEVERAL}}",
                "- {id: app.e, postgres: {query: SELECT 1, dsn: 'postgres:///d?host=/run/postgresql'}}",
                "- {id: app.f, heartbeat: {every: 24h}, suites: [readiness, doctor]}",
                "- {id: app.g, dns: {host: localhost}}");

        var report = report("app.*");

        assertThat(report.checks()).hasSize(1);
        assertThat(skipped(report, "app.a").why()).isEqualTo("KNOWLEDGE_V2_POSTGRES_DSN is not set");
        assertThat(skipped(report, "app.b").why()).isEqualTo("NO_SUCH_DSN is not set");
        assertThat(skipped(report, "app.c").why()).isEqualTo("ODD is no DSN of a Postgres");
        assertThat(skipped(report, "app.d").why()).startsWith("SEVERAL names several hosts");
        assertThat(skipped(report, "app.e").why()).startsWith("its dsn names a Unix socket");
        assertThat(skipped(report, "app.f").why()).isEqualTo("only a server hears heartbeats; ask one with --url");
    }

    @Test
    void skipsWhatIsSuppressedAndSaysUntilWhenAndWhy() throws Exception {
        write(
                "checks:",
                "- {id: app.a, secret: {setting: NO_SUCH_KEY}}",
                "- {id: app.b, secret: {setting: NO_SUCH_KEY}}",
                "suppress:",
                "- {check: app.a, reason: the key comes in spring, until: 9999-12-31}",
                "- {check: app.b, reason: it came, until: 2026-01-31}",
                "- {check: app.c, reason: a slip, until: 9999-12-31}",
                "- {check: disk.space, reason: every volume, until: 9999-12-31}");

        var report = report("*");

        assertThat(skipped(report, "app.a").why()).isEqualTo("suppressed until 9999-12-31: the key comes in spring");
        assertThat(skipped(report, "disk.space").why()).startsWith("suppressed until 9999-12-31");
        assertThat(result(report, "app.b").status()).isEqualTo(Status.FAIL);
        assertThat(result(report, "config.suppress").status()).isEqualTo(Status.WARN);
        assertThat(result(report, "config.suppress").message())
                .contains("the suppression of app.b ended on 2026-01-31: it came")
                .contains("app.c is suppressed, and there is no such check here")
                .doesNotContain("app.a");
    }

    /** As if it had passed: whoever suppresses it says that it does not matter for a while. */
    @Test
    void whatDependsOnASuppressedCheckRuns() throws Exception {
        var port = loopback.refused().getPort();
        write(
                "checks:",
                "- {id: app.down, tcp: {host: 127.0.0.1, port: " + port + "}}",
                "- {id: app.above, dns: {host: localhost}, depends_on: app.down}",
                "- {id: app.top, secret: {setting: NO_SUCH_KEY}, depends_on: app.above}",
                "suppress:",
                "- {check: app.down, reason: moves on Monday, until: 9999-12-31}");

        var report = report("app.*");

        assertThat(skipped(report, "app.down").why()).contains("moves on Monday");
        assertThat(result(report, "app.above").status()).isEqualTo(Status.PASS);
        assertThat(result(report, "app.top").reason()).isEqualTo(new Reason("missing_secret"));
        assertThat(report("app.down").checks()).isEmpty();
    }

    @Test
    void aSuppressedCheckDoesNotFailReadiness() throws Exception {
        var down = "- {id: app.down, tcp: {host: 127.0.0.1, port: "
                + loopback.refused().getPort() + "}, suites: [readiness], fail_closed: true}";
        write("checks:", down);
        assertThat(readiness().status()).isEqualTo(Status.FAIL);

        write("checks:", down, "suppress:", "- {check: app.down, reason: moves, until: 9999-12-31}");

        assertThat(readiness().status()).isEqualTo(Status.PASS);
        assertThat(skipped(readiness(), "app.down").why()).isEqualTo("suppressed until 9999-12-31: moves");
    }

    /** The rungs of the ladder look at one attempt: the next one tells what the suppressed one would have. */
    @Test
    void aLadderWithoutOneOfItsRungsStillTellsTheReason() throws Exception {
        environment.put(
                "KNOWLEDGE_V2_POSTGRES_DSN",
                "postgresql://koda:pw@127.0.0.1:" + loopback.refused().getPort() + "/koda");
        write("suppress:", "- {check: postgres.tcp, reason: the firewall moves, until: 9999-12-31}");

        var report = report("postgres.*");

        assertThat(skipped(report, "postgres.tcp").why()).contains("the firewall moves");
        assertThat(report.checks())
                .filteredOn(result -> result.status() == Status.FAIL)
                .extracting(result -> String.valueOf(result.reason()))
                .containsExactly("connection_refused");
    }

    private Report readiness() throws Exception {
        try (var engine = stack().addTo(CheckEngine.builder().time(time)).build()) {
            return engine.run(Query.of(Suite.READINESS)).toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void saysThatNothingIsSuppressed() throws Exception {
        write("checks: []");

        assertThat(skipped(report("*"), "config.suppress").why()).isEqualTo("koda.yaml suppresses nothing");
    }

    @Test
    void aServerRunsProgramsOnlyWhenItIsAllowedAndNobodyElseCanChangeWhich() throws Exception {
        write("checks:", "- {id: app.exec, exec: {command: [printf, fine]}, suites: [readiness, doctor]}");

        assertThat(whyNotOnAServer()).isEqualTo("a server runs programs only with KODA_ALLOW_EXEC=true");
        environment.put("KODA_ALLOW_EXEC", "true");
        assertThat(whyNotOnAServer()).isEqualTo("it runs");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(whyNotOnAServer()).contains("nobody else may write into koda.yaml");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));
        assertThat(whyNotOnAServer()).contains("nobody else may write into koda.yaml");
        assertThat(result(report("app.exec"), "app.exec").status()).isEqualTo(Status.PASS);
    }

    /** Else whoever can write the file could do the rest too. */
    @Test
    void theFileCannotAllowItsOwnPrograms() throws Exception {
        write(
                "settings: {KODA_ALLOW_EXEC: true}",
                "checks:",
                "- {id: app.exec, exec: {command: [printf, fine]}, suites: [readiness, doctor]}");

        assertThat(whyNotOnAServer()).startsWith("koda.yaml cannot allow its own programs");
        environment.put("KODA_ALLOW_EXEC", "true");
        assertThat(whyNotOnAServer()).isEqualTo("it runs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx"})
    void aServerRunsNoProgramsOfAFileThatOthersCanReplace(String mode) throws Exception {
        environment.put("KODA_ALLOW_EXEC", "true");
        write("checks:", "- {id: app.exec, exec: {command: [printf, fine]}}");
        assertThat(whyNotOnAServer()).isEqualTo("it runs");

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));

        assertThat(whyNotOnAServer()).endsWith("others may write into " + directory);
    }

    @Test
    void aServerRunsNoProgramsThroughALinkThatOthersCanReplace() throws Exception {
        environment.put("KODA_ALLOW_EXEC", "true");
        var own = Files.createDirectory(directory.resolve("own"));
        write("checks:", "- {id: app.exec, exec: {command: [printf, fine]}}");
        Files.move(file, own.resolve("koda.yaml"));
        Files.createSymbolicLink(file, own.resolve("koda.yaml"));
        assertThat(whyNotOnAServer()).isEqualTo("it runs");

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(whyNotOnAServer()).endsWith("others may write into " + directory);
    }

    private static List<String> documented() {
        try {
            return Pattern.compile("<a id=\"([a-z0-9]+)\"></a>")
                    .matcher(Files.readString(Path.of("..", "docs", "koda-yaml.md")))
                    .results()
                    .map(anchor -> "docs/koda-yaml.md#" + anchor.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String whyNotOnAServer() {
        try (var loops = EventLoopLag.start(time)) {
            var stack =
                    KodaStack.of(settings(), clients, time, new InProcess(RuntimeGate.closed(), Loops.of(time), loops));
            return stack.skips().stream()
                    .filter(skip -> skip.id().name().equals("app.exec"))
                    .map(Skip::why)
                    .findFirst()
                    .orElse("it runs");
        }
    }

    private void write(String... lines) throws IOException {
        Files.writeString(file, "version: 1\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private Settings settings() {
        return Settings.load(SettingsSources.of(directory, environment));
    }

    private KodaStack stack() {
        return KodaStack.of(settings(), clients, time, null);
    }

    private Report report(String only) throws Exception {
        try (var engine = stack().addTo(CheckEngine.builder().time(time)).build()) {
            return engine.run(Query.of(Suite.DOCTOR).only(List.of(only)))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static CheckResult result(Report report, String name) {
        return EngineRun.named(report, name);
    }

    private static Skipped skipped(Report report, String name) {
        return report.skipped().stream()
                .filter(skipped -> skipped.id().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not skipped"));
    }
}
