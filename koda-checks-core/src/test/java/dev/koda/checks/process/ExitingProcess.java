package dev.koda.checks.process;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A process of its own that runs the command of its arguments and, told to, ends without closing its engine. */
public final class ExitingProcess {
    private ExitingProcess() {}

    public static void main(String[] command) throws IOException {
        var spec = CheckSpec.of("test.command")
                .in(Suite.DOCTOR)
                .timeout(Duration.ofMinutes(5))
                .run(context -> Commands.of(TimeSource.system())
                        .run(Command.of(List.of(command)), context)
                        .thenApply(end -> Outcome.pass("ended")));
        CheckEngine.builder().check(spec).build().run(Suite.DOCTOR);
        System.exit(System.in.read() < 0 ? 1 : 0);
    }
}
