package dev.koda.cli;

import dev.koda.checks.TimeSource;
import dev.koda.server.embedded.PostgresPause;
import dev.koda.server.embedded.StartException;
import dev.koda.server.embedded.StateDirectory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** One {@code koda demo}, act by act: makes something happen, says where it is seen, and waits until it is. */
final class DemoMain {
    private static final String ROTATED = "demo-provider";
    private static final List<String> PROVIDERS = List.of(ROTATED, "demo-search", "demo-speech");
    private static final String AGENT = "demo-agent";
    private static final long STRANGER = 4_711;
    private static final int MESSAGES = 36;
    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(150);

    /** Longer than the page takes for anything, on a machine that has much else to do. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Duration POLL = Duration.ofSeconds(2);

    /** What the server has read of Koda's tables counts for so long. */
    private static final Duration REREAD = Duration.ofMillis(2_500);

    private final Shell shell;
    private final StateDirectory place;
    private final DemoServer server;
    private final DemoKoda koda;
    private final DemoProvider provider;
    private final Duration hold;
    private final TimeSource time = TimeSource.system();
    private int port;

    DemoMain(
            Shell shell, StateDirectory place, DemoServer server, DemoKoda koda, DemoProvider provider, Duration hold) {
        this.shell = shell;
        this.place = place;
        this.server = server;
        this.koda = koda;
        this.provider = provider;
        this.hold = hold;
    }

    /** Something that happens, or not yet. */
    @FunctionalInterface
    private interface Sight {
        boolean isThere() throws InterruptedException;
    }

    /** Plays all of it; the exit code. */
    int run() {
        long begin = time.nanos();
        try {
            port = provider.listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get()
                    .actualPort();
            opening();
            providers();
            storm();
            rotation();
            outage();
            end(Duration.ofNanos(time.nanos() - begin));
            return ExitCode.PASS.code();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED.code();
        } catch (ExecutionException failure) {
            throw new DoctorException(ExitCode.FAIL, "no port is free on 127.0.0.1");
        }
    }

    private void opening() {
        var launcher = Launcher.of(shell).command();
        var environment = UpText.quoted(place.environment().toString());
        say("a minute with the operations page; open " + server.page("overview"));
        say("to log in there, in another terminal: " + launcher + " login-link --env-file " + environment);
    }

    private void providers() throws InterruptedException {
        say("1/4 a Koda with three providers is connected, and verifies their keys: " + server.page("integrations"));
        for (var each : PROVIDERS) {
            provider.rotate(each);
            provider.giveKey(each);
            verify(each);
        }
        for (var each : PROVIDERS) {
            until("that " + each + " works", () -> server.isNow("pass", each));
        }
        say("    all three work");
        hold();
    }

    private void storm() throws InterruptedException {
        say("2/4 a stranger writes to " + AGENT + " again and again, and each message is rejected: "
                + server.page("audit"));
        for (int i = 0; i < MESSAGES; i++) {
            koda.rejected(AGENT, STRANGER);
            Thread.sleep(BETWEEN_MESSAGES.toMillis());
        }
        until("the storm of rejected messages", () -> server.isStorm(AGENT));
        say("    " + MESSAGES + " events, and one line: a storm of rejected messages");
        hold();
    }

    private void rotation() throws InterruptedException {
        say("3/4 the key of " + ROTATED + " is rotated, and nobody tells Koda: " + server.page("integrations"));
        var now = time.now();
        provider.rotate(ROTATED);
        until("the mark of the rotation", () -> server.rotated(ROTATED, now));
        verify(ROTATED);
        Thread.sleep(REREAD.toMillis());
        until("that " + ROTATED + " fails", () -> server.isNow("fail", ROTATED));
        say("    it fails since the mark of the rotation, and an incident is open: " + server.page("incidents"));
        hold();
        provider.giveKey(ROTATED);
        verify(ROTATED);
        Thread.sleep(REREAD.toMillis());
        until("that " + ROTATED + " works", () -> server.isNow("pass", ROTATED));
        say("    Koda has the new key, it works, and the incident is over");
        hold();
    }

    private void outage() throws InterruptedException {
        say("4/4 Postgres hangs, it and all that it has started: " + server.page("checks"));
        try (var pause = PostgresPause.begin(place)) {
            until("that readiness is 503", () -> pause != null && server.readiness() == 503);
            say("    readiness answers 503 and names Postgres; the page still says what the checks find");
            hold();
        } catch (StartException gone) {
            throw new DoctorException(ExitCode.FAIL, gone.sentence());
        }
        until("that readiness is 200", () -> server.readiness() == 200);
        say("    Postgres goes on, and readiness answers 200");
    }

    private void end(Duration took) {
        say("shown in " + took.toSeconds() + " s: three verified providers, a storm folded into one line, a rotated key"
                + " with the incident that it was, a hanging Postgres");
        say("the page keeps what happened; " + Launcher.of(shell).command() + " demo --clean removes the Koda that was"
                + " played (schema " + koda.schema() + "), with the --dir of this one");
    }

    /** As Koda does it: asks the provider with the key that it has, and notes what came of it. */
    private void verify(String each) throws InterruptedException {
        koda.verified(each, provider.verify(port, each), time.now());
    }

    private void until(String what, Sight sight) throws InterruptedException {
        long begin = time.nanos();
        while (!isThere(sight)) {
            if (time.nanos() - begin > LIMIT.toNanos()) {
                throw new DoctorException(
                        ExitCode.FAIL, "the page does not show after " + LIMIT.toSeconds() + " s " + what);
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    /** A busy server may answer the next time. */
    private static boolean isThere(Sight sight) throws InterruptedException {
        try {
            return sight.isThere();
        } catch (DoctorException failure) {
            if (failure.code() != ExitCode.FAIL) {
                throw failure;
            }
            return false;
        }
    }

    private void hold() throws InterruptedException {
        Thread.sleep(hold.toMillis());
    }

    private void say(String line) {
        shell.say("koda demo: " + line);
    }
}
