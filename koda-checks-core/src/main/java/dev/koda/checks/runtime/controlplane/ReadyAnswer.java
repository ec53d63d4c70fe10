package dev.koda.checks.runtime.controlplane;

import dev.koda.checks.Outcome;
import dev.koda.checks.network.HttpAnswer;
import dev.koda.checks.network.HttpTarget;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a worker answers to {@code /ready}: 200 {@code ready}, or 503 {@code not ready} with a reason. */
final class ReadyAnswer {
    /** Koda's reasons are words, such as {@code no provider can execute a new turn}; nothing else is quoted. */
    private static final Pattern WORDS = Pattern.compile("[a-z][a-z0-9_]{0,40}( [a-z0-9_]{1,40}){0,9}");

    private static final String STARTING = "startup_incomplete";

    private ReadyAnswer() {}

    /**
     * Its {@code /ready}, at the same host and port; asked without credentials.
     *
     * @throws IllegalArgumentException if it is not an http or https URL
     */
    static HttpTarget target(URI base) {
        HttpTarget.get(base);
        var host = base.getHost() + (base.getPort() < 0 ? "" : ":" + base.getPort());
        return HttpTarget.get(URI.create(base.getScheme() + "://" + host + "/ready"));
    }

    /** What the answer is worth; empty if it is not that of a worker. */
    static Optional<Outcome> judge(String who, HttpAnswer answer) {
        var words = answer.values("status");
        if (answer.status() == 200 && words.contains("ready")) {
            return Optional.of(Outcome.pass(who + " is ready"));
        }
        return answer.status() == 503 && words.contains("not ready")
                ? Optional.of(notReady(who, answer.valueAt("/reason").orElse("")))
                : Optional.empty();
    }

    private static Outcome notReady(String who, String reason) {
        if (reason.equals(STARTING)) {
            return Outcome.warn(who + " is not ready yet: " + STARTING)
                    .reason("starting")
                    .hint("wait; if it stays so, look at its log");
        }
        var quoted = WORDS.matcher(reason).matches() ? reason : "it gives no reason that can be quoted";
        return Outcome.fail(who + " is not ready: " + quoted)
                .reason("not_ready")
                .hint("look at its log; postgres.*, provider.key and runtime.sidecars may tell more");
    }
}
