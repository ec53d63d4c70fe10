package dev.koda.checks.network;

import com.fasterxml.jackson.core.JsonPointer;
import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Does a URL answer as it should? What it answers is foreign text, so no message quotes it. */
final class HttpCheck implements Check {
    private static final String LOG = "look at the log of the service and of the proxy before it";

    private final HttpTarget target;
    private final HttpExpectation expected;
    private final TimeLimits limits;
    private final HttpFetch http;

    HttpCheck(HttpTarget target, HttpExpectation expected, TimeLimits limits, HttpFetch http) {
        this.target = target;
        this.expected = expected;
        this.limits = limits;
        this.http = http;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return http.outcome(target, context, this::judge);
    }

    private Outcome judge(HttpAnswer answer) {
        if (expected.statuses().stream().noneMatch(range -> range.holds(answer.status()))) {
            var statuses = expected.statuses().stream().map(Object::toString).collect(Collectors.joining(", "));
            return answer.unexpectedStatus(statuses, LOG);
        }
        var wrong = new ArrayList<Outcome>();
        expected.headers().forEach((name, text) -> header(answer, name, text, wrong));
        body(answer, wrong);
        expected.values().forEach((pointer, value) -> value(answer, pointer, value, wrong));
        var timed = limits.judge(
                target,
                answer.took(),
                "answers " + answer.status() + " in " + answer.took().toMillis() + " ms");
        return wrong.isEmpty() ? timed : Outcome.combined(List.copyOf(wrong), timed);
    }

    private void header(HttpAnswer answer, String name, String text, List<Outcome> wrong) {
        var value = answer.headers().get(name);
        boolean isThere = value != null && value.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
        if (!isThere) {
            var seen = value == null ? " without the header " + name : " with another header " + name;
            wrong.add(Outcome.fail(target + " answers" + seen + ", expected one with " + text)
                    .reason("http_header")
                    .hint(LOG));
        }
    }

    private void body(HttpAnswer answer, List<Outcome> wrong) {
        var contains = expected.contains();
        if (contains != null && !answer.body().contains(contains)) {
            wrong.add(Outcome.fail(target + " answers without the expected text in the first "
                            + HttpFetch.MAX_BODY_BYTES / 1024 + " KiB")
                    .reason("http_body")
                    .hint(LOG));
        }
        var pattern = expected.matches();
        if (pattern != null) {
            matches(answer, pattern, wrong);
        }
    }

    private void matches(HttpAnswer answer, Pattern pattern, List<Outcome> wrong) {
        try {
            if (!pattern.matcher(new BoundedText(answer.body())).find()) {
                wrong.add(Outcome.fail(target + " answers without a text of the expected pattern in the first "
                                + HttpFetch.MAX_BODY_BYTES / 1024 + " KiB")
                        .reason("http_body")
                        .hint(LOG));
            }
        } catch (BoundedText.TooManyStepsException | StackOverflowError tooMuch) {
            wrong.add(Outcome.fail("the pattern of " + target + " is too expensive for what it answers")
                    .reason("pattern_too_expensive")
                    .hint("write the pattern without nested repetitions, or look for a plain text"));
        }
    }

    private void value(HttpAnswer answer, String pointer, String value, List<Outcome> wrong) {
        var found = answer.valueAt(JsonPointer.compile(pointer));
        if (found.isEmpty() || !found.get().equals(value)) {
            wrong.add(Outcome.fail(target + " answers with "
                            + (found.isEmpty() ? "no plain value at " : "another value at ") + pointer + ", expected "
                            + value)
                    .reason("http_json")
                    .hint(LOG));
        }
    }
}
