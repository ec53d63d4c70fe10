package dev.koda.cli;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Skipped;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.cli.output.TextStyle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A process of its own with a doctor that does not end, for tests to end: it waits for ever for one check, with the format
 * of its one argument, or, with more arguments, does what they say with a check that is quick.
 */
public final class EndedDoctor {
    private EndedDoctor() {}

    public static void main(String[] arguments) {
        var here = Path.of("").toAbsolutePath();
        var shell = new Shell(Map.of(), here, here, System.out, System.err, TextStyle.plain(true), false);
        System.exit(
                arguments.length < 2
                        ? KodaCommand.execute(
                                shell,
                                settings -> stack(quick(), silent()),
                                "doctor",
                                "-o",
                                arguments.length == 0 ? "json" : arguments[0],
                                "--timeout",
                                "10m")
                        : KodaCommand.execute(shell, settings -> stack(quick()), arguments));
    }

    private static CheckSpec quick() {
        return CheckSpec.of("config.parse")
                .in(Suite.DOCTOR)
                .run(context -> CompletableFuture.completedFuture(Outcome.pass("fine")));
    }

    private static CheckSpec silent() {
        return CheckSpec.of("custom.silent")
                .in(Suite.DOCTOR)
                .timeout(Duration.ofMinutes(5))
                .run(context -> {
                    System.err.println("waiting");
                    return new CompletableFuture<>();
                });
    }

    private static StackSource.OpenStack stack(CheckSpec... checks) {
        return new StackSource.OpenStack() {
            @Override
            public List<CheckSpec> checks() {
                return List.of(checks);
            }

            @Override
            public List<Skipped> skipped() {
                return List.of();
            }

            @Override
            public CheckEngine.Builder engine() {
                return CheckEngine.builder().checks(List.of(checks));
            }

            @Override
            public void close() {}
        };
    }
}
