package dev.koda.checks.runtime;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.network.HttpAnswer;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.network.HttpTarget;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Does the operations server call itself ready? */
final class ReadinessCheck implements Check {
    /** Only words are quoted: whatever else a body holds is not for a report. */
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private static final int QUOTED = 5;

    private final HttpTarget target;
    private final HttpFetch http;

    ReadinessCheck(URI url, HttpFetch http) {
        target = HttpTarget.get(url);
        this.http = http;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return http.outcome(target, context, this::judge);
    }

    private Outcome judge(HttpAnswer answer) {
        boolean deniesReadiness = answer.values("ready").contains("false");
        if (answer.status() == 503 || (answer.status() == 200 && deniesReadiness)) {
            return Outcome.fail("not ready: " + reasons(answer))
                    .reason("not_ready")
                    .hint("look at the checks that these reasons name, and at the server's log");
        }
        if (answer.status() != 200) {
            return answer.unexpectedStatus("200 or 503", "check that the address is the operations server's");
        }
        if (!answer.values("ready").contains("true")) {
            return Outcome.fail(target + " answers 200, but not \"ready\": true as the operations server does")
                    .reason("unexpected_answer")
                    .hint("check that the address is the operations server's: another page may answer there");
        }
        return Outcome.pass("ready, answered in " + answer.took().toMillis() + " ms")
                .observed("response", answer.took().toMillis(), "milliseconds");
    }

    private static String reasons(HttpAnswer answer) {
        List<String> words = answer.values("reasons").stream()
                .filter(word -> WORD.matcher(word).matches())
                .toList();
        if (words.isEmpty()) {
            return "it gives no reason";
        }
        var quoted = words.stream().limit(QUOTED).collect(Collectors.joining(", "));
        return words.size() > QUOTED ? quoted + " and " + (words.size() - QUOTED) + " more" : quoted;
    }
}
