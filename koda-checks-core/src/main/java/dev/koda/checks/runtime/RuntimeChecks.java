package dev.koda.checks.runtime;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Effects;
import dev.koda.checks.Scope;
import dev.koda.checks.Suite;
import dev.koda.checks.network.HttpFetch;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Makes the checks of the running process. */
public final class RuntimeChecks {
    /** An answer from the moments before the first checks had ended must not be shown when they have. */
    private static final Duration WORTH = Duration.ofSeconds(1);

    private RuntimeChecks() {}

    /** The checks that only the process itself can answer: {@code runtime.accepting}, {@code .loops}, {@code .event-loop}. */
    public static List<CheckSpec> inProcess(RuntimeGate gate, Loops loops, EventLoopLag lag) {
        return List.of(
                readiness("runtime.accepting")
                        .title("Takes work")
                        .unavailable("not_accepting")
                        .run(new AcceptingCheck(gate)),
                readiness("runtime.loops")
                        .title("Background loops turn")
                        .unavailable("loops_unavailable")
                        .run(new LoopsCheck(loops)),
                inside("runtime.event-loop")
                        .title("Event loop turns")
                        .in(Suite.LIVENESS)
                        .run(new EventLoopCheck(lag)));
    }

    /**
     * {@code runtime.readiness}: asks the readiness URL of the operations server and quotes its reasons.
     *
     * @param url such as {@code http://127.0.0.1:8090/api/runtime/readiness}; userinfo is never printed
     */
    public static CheckSpec readiness(URI url, HttpFetch http) {
        return CheckSpec.of("runtime.readiness")
                .documented()
                .title("Operations server is ready")
                .in(Suite.DOCTOR)
                .ttl(WORTH)
                .staleFor(Duration.ZERO)
                .run(new ReadinessCheck(url, http));
    }

    /** Readiness looks every second, and four times as often while something fails: one bad look is no outage. */
    private static CheckSpec.Builder readiness(String id) {
        return inside(id)
                .in(Suite.READINESS)
                .every(Duration.ofSeconds(1))
                .everyWhenFailing(Duration.ofMillis(250))
                .timeout(Duration.ofSeconds(1))
                .failureThreshold(2);
    }

    private static CheckSpec.Builder inside(String id) {
        return CheckSpec.of(id).documented().scope(Scope.LOCAL).effects(Effects.NONE);
    }
}
