package dev.koda.checks.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Query;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    private final Commands commands = Commands.of(TimeSource.system());

    @TempDir
    Path directory;

    @Test
    void givesExitCodeAndOutput() throws Exception {
        var end = sh("echo seen; echo hidden >&2; exit 3");

        assertThat(end).isEqualTo(new CommandEnd(CommandEnd.How.EXITED, 3, "seen\n", false));
        assertThat(end.isSuccess()).isFalse();
    }

    @Test
    void passesArgumentsAsTheyAre() throws Exception {
        var end = run(Command.of(List.of("printf", "%s|", "a b", "$HOME", "*", "; exit 1")));

        assertThat(end.output()).isEqualTo("a b|$HOME|*|; exit 1|");
        assertThat(end.isSuccess()).isTrue();
    }

    @Test
    void hasOnlyTheEnvironmentThatItNames() throws Exception {
        var end = run(Command.of(List.of("env")).with("TEAM", "blue"));

        assertThat(end.output().lines())
                .containsExactlyInAnyOrder("PATH=" + Command.PATH, "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "TEAM=blue");
    }

    @Test
    void hasNothingOnStandardInput() throws Exception {
        assertThat(sh("cat; echo end").output()).isEqualTo("end\n");
    }

    @Test
    void keepsSoMuchOfTheOutputAndReadsTheRest() throws Exception {
        var end = sh("yes 0123456789 | head -c 1000000; exit 1");

        assertThat(end.exitCode()).isEqualTo(1);
        assertThat(end.output()).hasSize(Commands.MAX_OUTPUT_BYTES);
        assertThat(end.isCut()).isTrue();
    }

    @Test
    void keepsMoreWhereItIsToldTo() throws Exception {
        var end = run(commands.keeping(900_000), Command.of(List.of("sh", "-c", "yes 0123456789 | head -c 900001")));

        assertThat(end.output()).hasSize(900_000);
        assertThat(end.isCut()).isTrue();
        assertThat(run(commands.keeping(9), Command.of(List.of("printf", "123456789")))
                        .isCut())
                .isFalse();
    }

    @Test
    void saysThatAProgramIsMissing() throws Exception {
        assertThat(run(Command.of(List.of("/no/such/program"))).how()).isEqualTo(CommandEnd.How.NOT_FOUND);
        assertThat(run(Command.of(List.of("no-such-program-4711"))).how()).isEqualTo(CommandEnd.How.NOT_FOUND);
        assertThat(run(Command.of(List.of("./relative"))).how()).isEqualTo(CommandEnd.How.NOT_FOUND);
    }

    @Test
    void saysThatAFileIsNoProgram() throws Exception {
        var file = Files.writeString(directory.resolve("plain"), "#!/bin/sh\n");

        assertThat(run(Command.of(List.of(file.toString()))).how()).isEqualTo(CommandEnd.How.NOT_EXECUTABLE);
    }

    @Test
    void endsWithItsProgramWhateverThatLeavesRunning() throws Exception {
        var before = System.nanoTime();
        var end = sh("sleep 3 & echo done");

        assertThat(end.output()).isEqualTo("done\n");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void killsAllThatItStartedAtItsLimit() throws Exception {
        var end = run(
                Command.of(List.of("sh", "-c", "sleep 61.7 & (sleep 62.7 &) ; echo begun; sleep 63.7")),
                Duration.ofMillis(600));

        assertThat(end.how()).isEqualTo(CommandEnd.How.TIMED_OUT);
        assertThat(end.output()).isEqualTo("begun\n");
        assertThat(sleepersAreGone()).isTrue();
    }

    @Test
    void killsWhatIgnoresEverySignalThatCanBeIgnored() throws Exception {
        var script = "trap '' TERM INT HUP; sleep 61.7 & echo begun; sleep 63.7";

        var end = run(Command.of(List.of("sh", "-c", script)), Duration.ofMillis(600));

        assertThat(end.how()).isEqualTo(CommandEnd.How.TIMED_OUT);
        assertThat(sleepersAreGone()).isTrue();
    }

    /** As a doctor does whose own time is over before that of the check. */
    @Test
    void killsAllThatItStartedWhenTheEngineCloses() throws Exception {
        var fifo = directory.resolve("begun");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        var script = "trap '' TERM; sleep 61.7 & (sleep 62.7 &); echo x >" + fifo + "; sleep 63.7";
        var spec = CheckSpec.of("test.command")
                .in(Suite.DOCTOR)
                .timeout(Duration.ofMinutes(5))
                .run(context -> commands.run(Command.of(List.of("sh", "-c", script)), context)
                        .thenApply(end -> Outcome.pass("ended")));
        try (var engine = CheckEngine.builder().check(spec).build()) {
            var unused = engine.run(Query.of(Suite.DOCTOR));
            assertThat(Files.readString(fifo)).isEqualTo("x\n");
        }

        assertThat(sleepersAreGone()).isTrue();
    }

    /** Whoever calls {@code System.exit} may have forgotten the engine, or its cancelling may come too late. */
    @Test
    void killsAllThatItStartedWhenTheProcessExits() throws Exception {
        var fifo = directory.resolve("begun");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        var script = "trap '' TERM; sleep 61.7 & (sleep 62.7 &); echo x >" + fifo + "; sleep 63.7";
        var exiting = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExitingProcess.class.getName(),
                        "sh",
                        "-c",
                        script)
                .start();
        try {
            assertThat(Files.readString(fifo)).isEqualTo("x\n");
            exiting.getOutputStream().write('\n');
            exiting.getOutputStream().flush();

            assertThat(exiting.waitFor()).isZero();
            assertThat(sleepersAreGone()).isTrue();
        } finally {
            exiting.destroyForcibly();
        }
    }

    /** The orphan is no descendant any more; only its group leads to it. */
    private static boolean sleepersAreGone() throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < limit) {
            boolean isGone = ProcessHandle.allProcesses()
                    .map(process ->
                            process.info().arguments().map(Arrays::asList).orElse(List.of()))
                    .noneMatch(arguments ->
                            arguments.contains("61.7") || arguments.contains("62.7") || arguments.contains("63.7"));
            if (isGone) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    @Test
    void endsInTimeWhatWritesOnAndOn() throws Exception {
        assertThat(run(Command.of(List.of("yes")), Duration.ofSeconds(2)).how()).isEqualTo(CommandEnd.How.TIMED_OUT);
    }

    @Test
    void neverPrintsItsArguments() {
        assertThat(Command.of(List.of("psql", "-W", "hunter22")).with("PGPASSWORD", "hunter23"))
                .hasToString("psql");
    }

    private CommandEnd sh(String script) throws Exception {
        return run(Command.of(List.of("sh", "-c", script)));
    }

    private CommandEnd run(Command command) throws Exception {
        return run(commands, command);
    }

    private CommandEnd run(Command command, Duration timeout) throws Exception {
        return run(commands, command, timeout);
    }

    private static CommandEnd run(Commands commands, Command command) throws Exception {
        return run(commands, command, Duration.ofSeconds(20));
    }

    private static CommandEnd run(Commands commands, Command command, Duration timeout) throws Exception {
        var seen = new CompletableFuture<CommandEnd>();
        var spec = CheckSpec.of("test.command")
                .in(Suite.DOCTOR)
                .timeout(timeout)
                .run(context -> commands.run(command, context).thenApply(end -> {
                    seen.complete(end);
                    return Outcome.pass("ended");
                }));
        try (var engine = CheckEngine.builder().check(spec).build()) {
            engine.run(Query.of(Suite.DOCTOR)).toCompletableFuture().get(30, TimeUnit.SECONDS);
            return seen.get(1, TimeUnit.SECONDS);
        }
    }
}
