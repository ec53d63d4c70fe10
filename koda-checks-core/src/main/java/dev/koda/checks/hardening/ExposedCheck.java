package dev.koda.checks.hardening;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.network.HttpAnswer;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.network.HttpTarget;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Does our own public URL tell strangers what only operators may see? */
final class ExposedCheck implements Check {
    private final HttpTarget metrics;
    private final HttpTarget doctor;
    private final HttpFetch http;

    ExposedCheck(URI publicUrl, HttpFetch http) {
        metrics = below(publicUrl, "/metrics");
        doctor = below(publicUrl, "/api/operations/doctor?cached=true");
        this.http = http;
    }

    /** Without the userinfo that the URL may hold: a stranger has none. */
    private static HttpTarget below(URI base, String path) {
        var text = HttpTarget.get(base).toString();
        return HttpTarget.get(URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path));
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return ask(metrics, context, body -> body.contains("# TYPE "))
                .thenCombine(
                        ask(doctor, context, body -> body.contains("koda.report/v1")),
                        (one, other) -> Outcome.combined(
                                List.of(one, other),
                                Outcome.pass("neither metrics nor operations are shown to strangers")));
    }

    /** A page for every path is no leak, so it counts what is in it. */
    private CompletionStage<Outcome> ask(HttpTarget target, CheckContext context, Predicate<String> isOurs) {
        return http.fetch(target, context, answer -> judge(answer, isOurs), ExposedCheck::unknown);
    }

    private static Outcome judge(HttpAnswer answer, Predicate<String> isOurs) {
        boolean isShown = answer.status() >= 200 && answer.status() <= 299 && isOurs.test(answer.body());
        return isShown
                ? Outcome.fail(answer.target() + " answers " + answer.status()
                                + " without credentials, expected 401, 403 " + "or 404")
                        .reason("exposed")
                        .hint("let the proxy refuse this path, or ask for credentials there")
                : Outcome.pass(answer.target() + " answers " + answer.status());
    }

    private static Outcome unknown(Outcome fault) {
        return Outcome.warn(fault.message() + ", so what strangers see is not known")
                .reason("unreachable")
                .hint("run the doctor where the public URL can be reached");
    }
}
