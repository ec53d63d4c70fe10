package dev.koda.checks.runtime;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.CheckContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class AcceptingContractTest extends CheckContract {
    private final Loops loops = Loops.of(TimeSource.system());
    private final Loop loop = loops.register("outbox", Duration.ofMinutes(1));
    private final EventLoopLag lag = EventLoopLag.start(TimeSource.system());

    @AfterEach
    void close() {
        loop.close();
        lag.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        return RuntimeChecks.inProcess(RuntimeGate.closed(), loops, lag);
    }

    @Override
    protected CheckId id() {
        return CheckId.of("runtime.accepting");
    }

    @Override
    protected List<String> secrets() {
        return NO_SECRETS;
    }
}
