package dev.koda.checks.runtime.controlplane;

import dev.koda.checks.Outcome;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A worker as the control plane lists it.
 *
 * @param name of its agent, if that may be shown
 * @param state what the control plane makes of it
 * @param exit the code with which it ended, or null
 * @param base where it listens, by the control plane; a name or address of Koda's own network, mostly
 */
record Worker(String name, State state, @Nullable String exit, Optional<URI> base) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,6}");
    private static final String HINT = "look at the log of Koda's app and of its runtime-kernel";

    /** In Koda's words RUNNING, STARTING, UNHEALTHY; and EXITED, SPAWN_BLOCKED or TERMINATED. */
    enum State {
        RUNNING,
        STARTING,
        UNHEALTHY,
        ENDED
    }

    static Worker of(Map<String, String> fields) {
        var name = fields.getOrDefault("agent_id", "");
        var exit = fields.getOrDefault("exit_code", "");
        return new Worker(
                NAME.matcher(name).matches() ? "worker " + name : "a worker",
                state(fields),
                NUMBER.matcher(exit).matches() ? exit : null,
                base(fields.getOrDefault("health_url", "")));
    }

    private static State state(Map<String, String> fields) {
        if (!"true".equals(fields.get("alive"))) {
            return State.ENDED;
        }
        if ("true".equals(fields.get("probe/ok"))) {
            return State.RUNNING;
        }
        return "starting".equals(fields.get("probe/error")) ? State.STARTING : State.UNHEALTHY;
    }

    private static Optional<URI> base(String text) {
        try {
            var url = new URI(text);
            boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return isHttp && url.getHost() != null && url.getPort() <= 65_535 ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException notAUrl) {
            return Optional.empty();
        }
    }

    /** True if it may answer {@code /ready}. */
    boolean isAskable() {
        return (state == State.RUNNING || state == State.UNHEALTHY) && base.isPresent();
    }

    /** What the control plane says of it. */
    Outcome listed() {
        return switch (state) {
            case RUNNING -> Outcome.pass(name + " is alive");
            case STARTING ->
                Outcome.warn(name + " is starting").reason("starting").hint("wait; if it stays so, " + HINT);
            case UNHEALTHY ->
                Outcome.fail(name + " is alive, but the control plane calls it unhealthy")
                        .reason("unhealthy")
                        .hint(HINT);
            case ENDED -> ended();
        };
    }

    /** Without an error it was stopped, and perhaps on purpose. */
    private Outcome ended() {
        var sentence = name + (exit == null ? " is not running" : " has ended with exit code " + exit);
        return ("0".equals(exit) ? Outcome.warn(sentence) : Outcome.fail(sentence))
                .reason("exited")
                .hint(HINT + "; pause the agent if it should not run");
    }
}
