package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** An orchestrator that asks both probes all the time, and keeps what it was told. */
final class ProbeWatch implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(20);

    /** What an orchestrator would give them at the least; a blocked event loop takes longer. */
    private static final Duration LONGEST = Duration.ofMillis(500);

    private static final Duration USUAL = Duration.ofMillis(50);

    private final RunningStack stack;
    private final List<Http.Answer> health = new CopyOnWriteArrayList<>();
    private final List<Http.Answer> readiness = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::ask, "probe-watch");
    private volatile boolean isOver;

    private ProbeWatch(RunningStack stack) {
        this.stack = stack;
    }

    /** Begins; the first answers of a connection are there when it returns. */
    static ProbeWatch of(RunningStack stack) {
        var watch = new ProbeWatch(stack);
        stack.health();
        stack.readiness();
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void ask() {
        while (!isOver) {
            health.add(stack.health());
            readiness.add(stack.readiness());
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    /** Whether the last answer of readiness was a 503. */
    boolean isUnready() {
        return !readiness.isEmpty() && readiness.get(readiness.size() - 1).status() == 503;
    }

    /** Asserts that health was 200 all the time, and that neither probe ever kept its caller waiting; ends the watch. */
    void assertAnsweredInMilliseconds() {
        close();
        assertThat(health).allMatch(answer -> answer.status() == 200);
        assertThat(readiness).allMatch(answer -> answer.status() == 200 || answer.status() == 503);
        assertFast("health", health);
        assertFast("readiness", readiness);
    }

    private static void assertFast(String name, List<Http.Answer> answers) {
        var sorted = answers.stream().map(Http.Answer::took).sorted().toList();
        var usual = sorted.get(sorted.size() * 95 / 100);
        var longest = sorted.get(sorted.size() - 1);
        System.out.printf(
                "%s: %d answers, 95 %% within %d ms, all within %d ms%n",
                name, sorted.size(), usual.toMillis(), longest.toMillis());
        assertThat(usual).as(name).isLessThan(USUAL);
        assertThat(longest).as(name).isLessThan(LONGEST);
    }

    @Override
    public void close() {
        isOver = true;
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
