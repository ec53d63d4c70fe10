package dev.koda.checks.hardening;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.network.HttpAnswer;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.network.HttpTarget;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Does our own public URL tell strangers what only operators may see? */
final class ExposedCheck implements Check {
    /** From http to https, or to a path with a slash at its end. */
    private static final int REDIRECTS = 3;

    private final List<HttpTarget> metrics;
    private final List<HttpTarget> doctor;
    private final HttpFetch http;

    ExposedCheck(URI publicUrl, HttpFetch http) {
        metrics = below(publicUrl, "/metrics");
        doctor = below(publicUrl, "/api/operations/doctor?cached=true");
        this.http = http;
    }

    /**
     * Below the URL, and at the root of its host where that is another place. Without the userinfo that the URL may hold:
     * a stranger has none.
     */
    private static List<HttpTarget> below(URI base, String path) {
        var text = HttpTarget.get(base).toString();
        var bare = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        return Stream.of(bare.toString(), bare.resolve("/").toString())
                .map(root -> root.endsWith("/") ? root.substring(0, root.length() - 1) : root)
                .distinct()
                .map(root -> HttpTarget.get(URI.create(root + path)))
                .map(target -> target.following(REDIRECTS, to -> bare.getHost().equalsIgnoreCase(to.getHost())))
                .toList();
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        CompletionStage<List<Outcome>> all = CompletableFuture.completedFuture(List.of());
        for (var target : metrics) {
            all = all.thenCombine(ask(target, context, body -> body.contains("# TYPE ")), ExposedCheck::and);
        }
        for (var target : doctor) {
            all = all.thenCombine(ask(target, context, body -> body.contains("koda.report/v1")), ExposedCheck::and);
        }
        return all.thenApply(answers ->
                Outcome.combined(answers, Outcome.pass("neither metrics nor operations are shown to strangers")));
    }

    private static List<Outcome> and(List<Outcome> some, Outcome one) {
        return Stream.concat(some.stream(), Stream.of(one)).toList();
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
