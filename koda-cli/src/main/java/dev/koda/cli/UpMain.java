package dev.koda.cli;

import dev.koda.checks.Query;
import dev.koda.checks.Redactor;
import dev.koda.checks.Report;
import dev.koda.checks.Service;
import dev.koda.checks.Suite;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.stack.KodaVersion;
import dev.koda.cli.OperationsClient.LoginLink;
import dev.koda.cli.output.ReportText;
import dev.koda.server.ServerMain;
import dev.koda.server.embedded.EmbeddedStack;
import dev.koda.server.embedded.RunLock;
import dev.koda.server.embedded.StartException;
import dev.koda.server.embedded.StateDirectory;
import dev.koda.server.logging.JsonLogging;
import dev.koda.server.logging.LogFormat;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One {@code koda up}, from the first service to Ctrl-C: starts in order, ends in the opposite order, and waits in
 * between. What ends the process is a signal; the JVM then exits with 128 plus its number.
 */
final class UpMain {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);
    private static final Duration READY_LIMIT = Duration.ofSeconds(10);
    private static final Duration DOCTOR_LIMIT = Duration.ofSeconds(30);
    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(1);
    private static final Duration LINK_LIMIT = Duration.ofSeconds(5);
    private static final int POLL_MILLIS = 20;
    private static final int LINK_POLL_MILLIS = 100;

    private final Shell shell;
    private final StackSource source;
    private final StateDirectory place;
    private final EmbeddedStack stack;
    private volatile @Nullable ServerMain server;
    private volatile boolean isEnding;

    UpMain(Shell shell, StackSource source, StateDirectory place, EmbeddedStack stack) {
        this.shell = shell;
        this.source = source;
        this.place = place;
        this.stack = stack;
    }

    /**
     * Starts everything, prints the doctor and the addresses, and stays until a signal ends the process.
     *
     * @return an exit code, only if the thread is interrupted
     * @throws StartException if a service cannot start; nothing of it runs then
     */
    int run(RunLock lock) throws StartException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::endBySignal, "koda-up-end"));
        try {
            startUnlessEnding(lock);
            // Also when ending: an exit from here could win over the signal's exit code at the last moment.
            new CountDownLatch(1).await();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.INTERRUPTED.code();
    }

    private void startUnlessEnding(RunLock lock) throws StartException, InterruptedException {
        try {
            start(lock);
        } catch (StartException | RuntimeException failure) {
            if (!isEnding) {
                end();
                throw failure;
            }
        }
    }

    private void start(RunLock lock) throws StartException, InterruptedException {
        var settings = UpSettings.load(shell, place.environment());
        var service = new Service(settings.serviceName(), KodaVersion.text(), settings.environment());
        JsonLogging.install(log(), Redactor.of(settings::secretValues), service, LogFormat.of(settings));
        shell.say("koda up: starting Postgres and object storage in " + place);
        await(stack.start(), START_LIMIT);
        stayUnlessEnding();
        var started = ServerMain.start(settings);
        server = started;
        untilReady(started);
        stayUnlessEnding();
        var report = doctor(settings);
        stayUnlessEnding();
        var url = "http://127.0.0.1:" + stack.serverPort();
        var launcher = Launcher.of(shell);
        lock.ready(url);
        shell.document(ReportText.render(report, shell.style(), launcher::locate));
        shell.document(UpText.of(place, link(settings, url), url, launcher));
    }

    /** The store is opened behind the checks, and a link that is not recorded is not made. */
    private Optional<LoginLink> link(Settings settings, String url) throws InterruptedException {
        long end = System.nanoTime() + LINK_LIMIT.toNanos();
        var link = UpText.link(settings, url);
        while (link.isEmpty() && !isEnding && System.nanoTime() - end < 0) {
            Thread.sleep(LINK_POLL_MILLIS);
            link = UpText.link(settings, url);
        }
        return link;
    }

    /** Once a signal has come, what is next would only find what is being stopped. */
    private void stayUnlessEnding() throws InterruptedException {
        if (isEnding) {
            new CountDownLatch(1).await();
        }
    }

    /** JSON lines are for machines: where a person watches, they go to a file beside the logs of the services. */
    private OutputStream log() throws StartException {
        return shell.isErrorTerminal() ? place.openLog("server.log") : shell.errors();
    }

    /** The first evaluation of each check takes a moment. If one of them fails, the doctor has more to say about it. */
    private static void untilReady(ServerMain server) throws InterruptedException {
        for (long left = READY_LIMIT.toMillis(); left > 0 && !server.isReady(); left -= POLL_MILLIS) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    private Report doctor(Settings settings) throws StartException, InterruptedException {
        try (var open = source.open(settings);
                var engine = open.engine().build()) {
            var query = Query.of(Suite.DOCTOR).deadline(DOCTOR_LIMIT).freshOnly();
            return await(engine.run(query), DOCTOR_LIMIT.multipliedBy(2));
        }
    }

    private void endBySignal() {
        boolean isSecond = isEnding;
        if (end() && !isSecond) {
            shell.say("koda up: stopped; the data is kept in " + place);
        }
    }

    /** Ends what runs, the server first and Postgres last. Whoever calls it second waits for the first. True if all went in order. */
    private synchronized boolean end() {
        isEnding = true;
        boolean isInOrder = false;
        try {
            var running = server;
            server = null;
            if (running != null) {
                running.close();
            }
            await(stack.stop(), STOP_LIMIT);
            isInOrder = true;
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        } catch (StartException | RuntimeException failure) {
            shell.say("koda up: Postgres did not end in order; the next start stops it and recovers");
        }
        flushLog();
        return isInOrder;
    }

    /** What the stack logged while it stopped comes after the server's own last lines. */
    private static void flushLog() {
        try {
            await(JsonLogging.flush(), FLUSH_LIMIT);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        } catch (StartException | RuntimeException nobodyReads) {
            // There is nobody left to tell.
            return;
        }
    }

    private static <T> T await(CompletionStage<T> stage, Duration limit) throws StartException, InterruptedException {
        try {
            return stage.toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof StartException reason) {
                throw reason;
            }
            throw new IllegalStateException("a service of koda up failed", failure.getCause());
        } catch (TimeoutException late) {
            throw new IllegalStateException("koda up waited " + limit.toSeconds() + " s in vain", late);
        }
    }
}
