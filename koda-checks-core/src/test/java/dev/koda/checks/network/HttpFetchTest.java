package dev.koda.checks.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.JksOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFetchTest {
    private final Loopback loopback = new Loopback();
    private final AtomicReference<HttpAnswer> seen = new AtomicReference<>();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void givesTheAnswerToTheJudge() {
        var url = loopback.http(request -> request.response().setStatusCode(418).end("short and stout"));

        assertThat(get(url).status()).isEqualTo(Status.PASS);
        assertThat(seen().status()).isEqualTo(418);
        assertThat(seen().body()).isEqualTo("short and stout");
    }

    @Test
    void asksOnceForAllChecksOfAnEvaluationThatShareTheAnswer() {
        var asked = new AtomicInteger();
        var url = loopback.http(request -> request.response().end(Integer.toString(asked.incrementAndGet())));
        var one = CheckSpec.of("network.one").in(Suite.DOCTOR).run(context -> share(url, context));
        var other = CheckSpec.of("network.other")
                .in(Suite.DOCTOR)
                .dependsOn("network.one")
                .run(context -> share(url, context));

        var report = EngineRun.report(List.of(one, other));

        assertThat(report.checks()).extracting(CheckResult::message).containsExactly("1", "1");
        assertThat(EngineRun.result(one).message()).isEqualTo("2");
    }

    @Test
    void sharesTheLackOfAnAnswerToo() {
        var url = loopback.refused();
        var one = CheckSpec.of("network.one").in(Suite.DOCTOR).run(context -> share(url, context));

        assertThat(EngineRun.result(one).reason()).isEqualTo(new Reason("connection_refused"));
    }

    private CompletionStage<Outcome> share(URI url, CheckContext context) {
        return loopback.http()
                .fetchShared(HttpTarget.get(url), context, answer -> Outcome.pass(answer.body()), Function.identity());
    }

    @Test
    void sendsPathAndQueryAsTheyAre() {
        var asked = new AtomicReference<String>();
        var url = loopback.http(request -> {
            asked.set(request.uri());
            request.response().end();
        });

        get(url.resolve("/a%20b?c=%2F"));

        assertThat(asked).hasValue("/a%20b?c=%2F");
    }

    @Test
    void readsNoMoreOfAnEndlessBodyThanItsBound() {
        var url = loopback.http(request -> {
            var response = request.response().setChunked(true);
            response.drainHandler(drained -> fill(request));
            fill(request);
        });

        assertThat(get(url).status()).isEqualTo(Status.PASS);
        assertThat(seen().body()).hasSize(HttpFetch.MAX_BODY_BYTES);
    }

    /** It was, once in a hundred, when the whole answer came with its head. */
    @Test
    void aQuickAnswerIsNotTakenForABadOne() {
        var url = loopback.http(request -> request.response().end("{}"));

        for (int i = 0; i < 500; i++) {
            var result = get(url);
            assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        }
    }

    @Test
    void readsAsMuchOfABodyAsTheTargetWants() {
        var body = "x".repeat(HttpFetch.MAX_BODY_BYTES + 7);
        var url = loopback.http(request -> request.response().end(body));

        run(HttpTarget.get(url).upTo(HttpFetch.MAX_BODY_BYTES * 2));
        assertThat(seen().body()).hasSize(body.length());
        run(HttpTarget.get(url).upTo(100).following(1, to -> true));
        assertThat(seen().body()).hasSize(100);
    }

    @Test
    void seesARefusedConnection() {
        var result = get(loopback.refused());

        assertThat(result.reason()).isEqualTo(new Reason("connection_refused"));
        assertThat(result.message()).endsWith("refuses the connection");
    }

    @Test
    void seesAHostNameThatDoesNotResolve() {
        assertThat(get(URI.create("http://dashboard.invalid/")).reason()).isEqualTo(new Reason("dns_not_found"));
    }

    @Test
    void givesItsOwnReasonWhenNothingAnswersInTime() {
        var result = get(loopback.tcp(silent -> {}));

        assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(result.message()).contains("gives no answer in time, limit 1");
        assertThat(result.took()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void givesUpOnABodyThatNeverEnds() {
        var result =
                get(loopback.http(request -> request.response().setChunked(true).write("begun")));

        assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void seesAConnectionThatIsClosedBeforeTheAnswer() {
        var result = get(loopback.tcp(socket -> socket.handler(request -> socket.close())));

        assertThat(result.reason()).isEqualTo(new Reason("connection_closed"));
    }

    @Test
    void seesAConnectionThatIsClosedInTheMiddleOfTheBody() {
        var half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf";

        var result = get(loopback.tcp(socket -> socket.handler(request -> socket.end(Buffer.buffer(half)))));

        assertThat(result.reason()).isEqualTo(new Reason("connection_closed"));
    }

    @Test
    void seesAnAnswerThatIsNotHttp() {
        var result =
                get(loopback.tcp(socket -> socket.handler(request -> socket.end(Buffer.buffer("SSH-2.0-x\r\n\r\n")))));

        assertThat(result.reason()).isEqualTo(new Reason("bad_answer"));
    }

    @Test
    void seesAServerWithoutTls() {
        var plain =
                loopback.tcp(socket -> socket.handler(hello -> socket.end(Buffer.buffer("HTTP/1.1 400 Bad\r\n\r\n"))));

        assertThat(get(URI.create("https://127.0.0.1:" + plain.getPort())).reason())
                .isEqualTo(new Reason("tls_not_spoken"));
    }

    @Test
    void seesACertificateThatNobodyTrusts(@TempDir Path directory) throws Exception {
        var keys = new JksOptions().setPath(keyStore(directory).toString()).setPassword("changeit");
        var url = loopback.https(
                new HttpServerOptions().setKeyCertOptions(keys),
                request -> request.response().end());

        assertThat(get(url).reason()).isEqualTo(new Reason("tls_certificate"));
    }

    @Test
    void followsAsManyRedirectsAsItMay() {
        var url = loopback.http(request -> redirectDown(request));

        assertThat(run(HttpTarget.get(url.resolve("/3")).following(3, to -> true))
                        .status())
                .isEqualTo(Status.PASS);
        assertThat(seen().body()).isEqualTo("arrived");
        assertThat(run(HttpTarget.get(url.resolve("/4")).following(3, to -> true))
                        .reason())
                .isEqualTo(new Reason("too_many_redirects"));
    }

    @Test
    void takesARedirectForTheAnswerWhereItFollowsNone() {
        var url = loopback.http(request -> redirectDown(request));

        get(url.resolve("/1"));

        assertThat(seen().status()).isEqualTo(302);
        assertThat(seen().redirect()).contains(url.resolve("/0"));
    }

    @Test
    void neverCarriesCredentialsToAnotherOrigin() {
        var visits = new AtomicInteger();
        var other = loopback.http(request -> {
            visits.incrementAndGet();
            request.response().end();
        });
        var url = loopback.http(request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", other.toString())
                .end());

        run(HttpTarget.get(url).bearer("t0ken-t0ken").following(3, to -> true));
        assertThat(seen().status()).isEqualTo(302);
        assertThat(visits).hasValue(0);

        run(HttpTarget.get(URI.create(url.toString().replace("//", "//user:pass@")))
                .following(3, to -> true));
        assertThat(visits).hasValue(0);

        run(HttpTarget.get(url).following(3, to -> true));
        assertThat(visits).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ht tp://", "mailto:someone", "//"})
    void followsNoRedirectThatIsNotHttp(String location) {
        var url = loopback.http(request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", location)
                .end());

        run(HttpTarget.get(url).following(3, to -> true));

        assertThat(seen().status()).isEqualTo(302);
    }

    @Test
    void sendsUserinfoAsBasicAuthenticationAndNeverPrintsIt() {
        var sent = new AtomicReference<String>();
        var url = loopback.http(request -> {
            sent.set(request.getHeader("Authorization"));
            request.response().setStatusCode(500).end();
        });
        var target = HttpTarget.get(URI.create("http://ann:s3cret@127.0.0.1:" + url.getPort() + "/x?token=t0ken#y"));

        run(target);

        assertThat(sent).hasValue("Basic YW5uOnMzY3JldA==");
        assertThat(target).hasToString("http://127.0.0.1:" + url.getPort() + "/x");
        assertThat(seen().unexpectedStatus("200", "look").message()).doesNotContain("s3cret", "t0ken", "ann");
    }

    @Test
    void reportsABrokenJudgeAsAnError() {
        var url = loopback.http(request -> request.response().end());
        var spec = CheckSpec.of("network.test")
                .in(Suite.DOCTOR)
                .run(context -> loopback.http().outcome(HttpTarget.get(url), context, answer -> {
                    throw new IllegalStateException("bug");
                }));

        assertThat(EngineRun.result(spec).reason()).isEqualTo(Reason.ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/relative", "ftp://host/", "http:///no-host", "mailto:x"})
    void refusesWhatIsNoHttpUrl(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> HttpTarget.get(URI.create(url)));
    }

    private static void fill(HttpServerRequest request) {
        while (!request.response().writeQueueFull() && !request.response().closed()) {
            request.response().write("x".repeat(8192));
        }
    }

    /** {@code /n} leads to {@code /n-1}. */
    private static void redirectDown(HttpServerRequest request) {
        int left = Integer.parseInt(request.path().substring(1));
        if (left == 0) {
            request.response().end("arrived");
        } else {
            request.response()
                    .setStatusCode(302)
                    .putHeader("Location", "/" + (left - 1))
                    .end();
        }
    }

    private static Path keyStore(Path directory) throws Exception {
        var file = directory.resolve("keys.jks");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "test",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "JKS",
                        "-storepass",
                        "changeit",
                        "-keypass",
                        "changeit",
                        "-keystore",
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return file;
    }

    private HttpAnswer seen() {
        return Objects.requireNonNull(seen.get(), "the judge was not asked");
    }

    private CheckResult get(URI url) {
        return run(HttpTarget.get(url));
    }

    private CheckResult run(HttpTarget target) {
        var spec = CheckSpec.of("network.test")
                .in(Suite.DOCTOR)
                .run(context -> loopback.http().outcome(target, context, answer -> {
                    seen.set(answer);
                    return Outcome.pass("answered");
                }));
        return EngineRun.result(spec);
    }
}
