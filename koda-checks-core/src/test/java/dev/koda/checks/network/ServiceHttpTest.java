package dev.koda.checks.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.network.HttpExpectation.StatusRange;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceHttpTest {
    private static final String BODY = "{\"status\":\"pass\",\"n\":3,\"up\":true,\"none\":null,"
            + "\"workers\":[{\"id\":\"a\"},{\"id\":\"b/c\",\"x\":{\"~y\":1}}]}";

    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void passesForAnySuccessUnlessToldOtherwise() {
        var result = run(answering(204, ""), HttpExpectation.SUCCESS);

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.message()).matches("answers 204 in \\d+ ms");
        assertThat(result.outcome().observed()).containsKey("response");
    }

    @ParameterizedTest(name = "{0} where {1} to {2} is expected is {3}")
    @CsvSource({"200, 200, 200, PASS", "404, 404, 404, PASS", "301, 300, 399, PASS", "201, 200, 200, FAIL"})
    void holdsTheStatusAgainstTheExpectedOnes(int status, int first, int last, Status expected) {
        var statuses = List.of(StatusRange.of(599), new StatusRange(first, last));
        var result = run(answering(status, ""), new HttpExpectation(statuses, Map.of(), null, null, Map.of()));

        assertThat(result.status()).isEqualTo(expected);
        assertThat(result.reason()).isEqualTo(expected == Status.PASS ? null : new Reason("http_status"));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "/status, pass",
        "/n, 3",
        "/up, true",
        "/none, null",
        "/workers/0/id, a",
        "/workers/1/id, b/c",
        "/workers/1/x/~0y, 1"
    })
    void findsValuesByPointer(String pointer, String value) {
        assertThat(run(answering(200, BODY), json(pointer, value)).status()).isEqualTo(Status.PASS);
    }

    @ParameterizedTest(name = "{0} is not {1}: {2}")
    @CsvSource({
        "/status, fail, another value at /status",
        "/missing, 1, no plain value at /missing",
        "/workers, a, no plain value at /workers",
        "/workers/2/id, a, no plain value at /workers/2/id",
        "/n, 3.0, another value at /n"
    })
    void failsForAnotherValue(String pointer, String value, String message) {
        var result = run(answering(200, BODY), json(pointer, value));

        assertThat(result.reason()).isEqualTo(new Reason("http_json"));
        assertThat(result.message()).contains(message).endsWith("expected " + value);
    }

    @Test
    void failsForABodyThatIsNoJson() {
        assertThat(run(answering(200, "<html>"), json("/status", "pass")).reason())
                .isEqualTo(new Reason("http_json"));
    }

    @Test
    void looksForATextAndAPatternInTheBody() {
        assertThat(run(answering(200, "all is well\nbuild 77"), body("is well", "^build \\d+$"))
                        .status())
                .isEqualTo(Status.PASS);
        assertThat(run(answering(200, "nothing"), body("is well", null)).reason())
                .isEqualTo(new Reason("http_body"));
        assertThat(run(answering(200, "build x"), body(null, "^build \\d+$")).reason())
                .isEqualTo(new Reason("http_body"));
    }

    @ParameterizedTest
    @CsvSource({"(a+)+b", "(a|aa)+b", "(.|a)*b"})
    void givesUpAPatternThatTakesAges(String pattern) {
        var result = run(answering(200, "a".repeat(60_000)), body(null, pattern));

        assertThat(result.reason()).isEqualTo(new Reason("pattern_too_expensive"));
        assertThat(result.took()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void looksForATextInAHeader() {
        var url = loopback.http(request -> request.response()
                .putHeader("Content-Type", "application/JSON; charset=utf-8")
                .end());

        assertThat(run(url, header("content-type", "application/json")).status())
                .isEqualTo(Status.PASS);
        assertThat(run(url, header("Content-Type", "text/html")).message()).contains("another header Content-Type");
        assertThat(run(url, header("X-Missing", "")).reason()).isEqualTo(new Reason("http_header"));
    }

    @Test
    void quotesNothingThatTheServiceSays() {
        var wrong = new HttpExpectation(
                List.of(StatusRange.of(200)), Map.of("X-A", "b"), "text", Pattern.compile("other"), Map.of("/a", "1"));
        var url = loopback.http(
                request -> request.response().putHeader("X-A", "s3cret-header").end("{\"a\":\"s3cret-body\"}"));

        assertThat(run(url, wrong).message()).doesNotContain("s3cret").contains("X-A", "pattern");
    }

    @Test
    void sendsMethodHeadersAndBody() {
        var url = loopback.http(request -> request.body()
                .onSuccess(body ->
                        request.response().end(request.method() + " " + request.getHeader("X-Key") + " " + body)));
        var request = new HttpRequest("POST", Map.of("X-Key", "k1"), "{\"ping\":1}");

        assertThat(run(HttpTarget.get(url), request, body("POST k1 {\"ping\":1}", null), TimeLimits.NONE)
                        .status())
                .isEqualTo(Status.PASS);
        assertThat(request).hasToString("POST with headers [X-Key]");
    }

    @Test
    void takesItsHeadersToNoOtherOrigin() {
        var other = loopback.http(request -> request.response().end("stolen"));
        var url = loopback.http(request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", other + "/")
                .end());
        var target = HttpTarget.get(url).following(3, to -> true);

        var bare = run(target, HttpRequest.GET, HttpExpectation.SUCCESS, TimeLimits.NONE);
        var keyed = run(
                target, new HttpRequest("GET", Map.of("X-Key", "k"), null), HttpExpectation.SUCCESS, TimeLimits.NONE);

        assertThat(bare.status()).isEqualTo(Status.PASS);
        assertThat(keyed.message()).contains("answers 302");
    }

    @Test
    void judgesHowLongItTook() {
        var limits = new TimeLimits(Duration.ofNanos(1), Duration.ofMinutes(1));
        var result = run(HttpTarget.get(answering(200, "")), HttpRequest.GET, HttpExpectation.SUCCESS, limits);

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("slow"));
        assertThat(result.message()).contains(" took ").contains("milliseconds");
        assertThat(run(
                                HttpTarget.get(answering(200, "")),
                                HttpRequest.GET,
                                HttpExpectation.SUCCESS,
                                new TimeLimits(null, Duration.ofNanos(1)))
                        .status())
                .isEqualTo(Status.FAIL);
    }

    @Test
    void seesARefusedConnection() {
        assertThat(run(loopback.refused(), HttpExpectation.SUCCESS).reason())
                .isEqualTo(new Reason("connection_refused"));
    }

    private URI answering(int status, String body) {
        return loopback.http(request -> request.response().setStatusCode(status).end(body));
    }

    private static HttpExpectation json(String pointer, String value) {
        return new HttpExpectation(List.of(StatusRange.of(200)), Map.of(), null, null, Map.of(pointer, value));
    }

    private static HttpExpectation header(String name, String text) {
        return new HttpExpectation(List.of(StatusRange.of(200)), Map.of(name, text), null, null, Map.of());
    }

    private static HttpExpectation body(@Nullable String contains, @Nullable String matches) {
        var pattern = matches == null ? null : Pattern.compile(matches, Pattern.MULTILINE);
        return new HttpExpectation(List.of(StatusRange.of(200)), Map.of(), contains, pattern, Map.of());
    }

    private CheckResult run(URI url, HttpExpectation expected) {
        return run(HttpTarget.get(url), HttpRequest.GET, expected, TimeLimits.NONE);
    }

    private CheckResult run(HttpTarget target, HttpRequest request, HttpExpectation expected, TimeLimits limits) {
        return EngineRun.result(CheckSpec.of("billing.api")
                .in(Suite.DOCTOR)
                .timeout(Duration.ofSeconds(10))
                .run(ServiceChecks.http(target, request, expected, limits, loopback.http())));
    }
}
