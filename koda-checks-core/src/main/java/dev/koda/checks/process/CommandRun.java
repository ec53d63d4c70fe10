package dev.koda.checks.process;

import dev.koda.checks.CheckContext;
import dev.koda.checks.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One run of one command. Its output is read whenever there is some, and nobody waits for more: what a program leaves
 * running may hold the pipe open for ever.
 */
final class CommandRun {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
    /** What a pipe of Linux holds: whoever writes on and on is not read for ever. */
    private static final int MOST_AT_ONCE = 64 * 1024;

    private static final Redirect NOTHING = Redirect.from(Path.of("/dev/null").toFile());

    private final Command command;
    private final TimeSource time;
    private final CheckContext context;
    private final int mostBytes;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final CompletableFuture<CommandEnd> end = new CompletableFuture<>();
    private final byte[] part = new byte[8192];
    /** A process that ends leaves nothing running, whoever told it to: its engine may be closed too late or never. */
    private final Thread atExit = new Thread(this::endWithUs, "koda-command-end");

    private volatile boolean isCut;
    private volatile boolean isEnding;
    private boolean isKilled;
    private boolean isInSession;
    private long startNanos;
    private long limitNanos;
    private @Nullable Process process;

    CommandRun(Command command, TimeSource time, CheckContext context, int mostBytes) {
        this.command = command;
        this.time = time;
        this.context = context;
        this.mostBytes = mostBytes;
    }

    CompletionStage<CommandEnd> end() {
        return end;
    }

    /** Starts it; what keeps it from starting is its end. Blocks. */
    boolean start() {
        var program = Programs.find(command.program());
        if (program.isEmpty()) {
            return end.complete(CommandEnd.without(CommandEnd.How.NOT_FOUND));
        }
        if (!Files.isExecutable(program.get())) {
            return end.complete(CommandEnd.without(CommandEnd.How.NOT_EXECUTABLE));
        }
        try {
            if (begin(builder(program.get()))) {
                watch(Objects.requireNonNull(process));
                return true;
            }
            // A process that ends starts no other one, and nobody is left to be told.
            return isEnding || end.complete(CommandEnd.without(CommandEnd.How.TIMED_OUT));
        } catch (IOException notStarted) {
            forget();
            return end.complete(CommandEnd.without(CommandEnd.How.NOT_EXECUTABLE));
        }
    }

    private void endWithUs() {
        isEnding = true;
        kill();
    }

    private boolean remember() {
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            isEnding = true;
        }
        return !isEnding;
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            isEnding = true;
        }
    }

    /** Kills it with all that it has started; does nothing if it has ended: what it leaves running then, it means to. */
    private synchronized void kill() {
        isKilled = true;
        var running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        ProcessTree.kill(running, isInSession);
    }

    /** The same on a thread of its own: it starts a program, and the caller may be an event loop. */
    void killAside() {
        var killing = new Thread(this::kill, "koda-command-kill");
        killing.setDaemon(true);
        killing.start();
    }

    private ProcessBuilder builder(Path program) {
        var words = new ArrayList<String>();
        // It becomes the program: the process keeps its id, which is then that of its session and its group.
        var session = Programs.find("setsid").filter(Files::isExecutable);
        session.ifPresent(path -> words.add(path.toString()));
        isInSession = session.isPresent();
        words.add(program.toString());
        words.addAll(command.arguments());
        var builder = new ProcessBuilder(words)
                .directory(Path.of("/").toFile())
                .redirectInput(NOTHING)
                .redirectError(Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        return builder;
    }

    /** False if it was given up before it began, or this process ends. */
    private synchronized boolean begin(ProcessBuilder builder) throws IOException {
        if (isKilled || !remember()) {
            return false;
        }
        startNanos = time.nanos();
        limitNanos = context.ioTimeout().toNanos();
        process = builder.start();
        return true;
    }

    /** Its end completes outside of the lock: whoever waits for it goes on from here. */
    private void watch(Process running) {
        var unused = running.onExit().thenAccept(ended -> {
            forget();
            if (!isEnding) {
                end.complete(exited(ended));
            }
        });
        lookAgain(running);
    }

    private void lookAgain(Process running) {
        time.schedule(LOOK_AGAIN, () -> look(running));
    }

    private void look(Process running) {
        if (end.isDone()) {
            return;
        }
        read(running.getInputStream(), MOST_AT_ONCE);
        if (time.nanos() - startNanos < limitNanos) {
            lookAgain(running);
        } else if (end.complete(new CommandEnd(CommandEnd.How.TIMED_OUT, -1, text(), isCut))) {
            killAside();
        }
    }

    private CommandEnd exited(Process ended) {
        read(ended.getInputStream(), Math.max(MOST_AT_ONCE, mostBytes + 1L));
        return new CommandEnd(CommandEnd.How.EXITED, ended.exitValue(), text(), isCut);
    }

    /**
     * What is there, and no byte more, so that it does not wait. The stream's own lock keeps its end out meanwhile.
     *
     * @param most about how many bytes
     */
    private void read(InputStream in, long most) {
        synchronized (in) {
            try {
                long left = most;
                for (int ready = in.available(); ready > 0 && left > 0; ready = in.available()) {
                    int count = in.read(part, 0, Math.min(ready, part.length));
                    left -= count;
                    int room = mostBytes - output.size();
                    output.write(part, 0, Math.max(0, Math.min(room, count)));
                    isCut |= count > room;
                }
            } catch (IOException closed) {
                // It was killed: what it has written so far is all there is.
            }
        }
    }

    private String text() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
