package dev.koda.cli;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.settings.Settings;
import dev.koda.cli.output.TextStyle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A process of its own with a doctor that waits for ever for one check, for {@link DoctorRunTest} to end. */
public final class EndedDoctor {
    private EndedDoctor() {}

    public static void main(String[] arguments) {
        var here = Path.of("").toAbsolutePath();
        var shell = new Shell(Map.of(), here, here, System.out, System.err, TextStyle.plain(true), false);
        System.exit(KodaCommand.execute(shell, EndedDoctor::open, "doctor", "--json", "--timeout", "10m"));
    }

    private static StackSource.OpenStack open(Settings settings) {
        return new StackSource.OpenStack() {
            @Override
            public CheckEngine.Builder engine() {
                return CheckEngine.builder()
                        .check(CheckSpec.of("config.parse")
                                .in(Suite.DOCTOR)
                                .run(context -> CompletableFuture.completedFuture(Outcome.pass("fine"))))
                        .check(CheckSpec.of("custom.silent")
                                .in(Suite.DOCTOR)
                                .timeout(Duration.ofMinutes(5))
                                .run(context -> {
                                    System.err.println("waiting");
                                    return new CompletableFuture<>();
                                }));
            }

            @Override
            public void close() {}
        };
    }
}
