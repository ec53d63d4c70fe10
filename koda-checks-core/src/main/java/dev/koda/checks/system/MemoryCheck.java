package dev.koda.checks.system;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Locale;

/** Is memory left, on the host and in our control group? Whichever has less is the answer. */
final class MemoryCheck implements CheckSpec.BlockingCheck {
    private static final long KIB = 1024;
    private static final double MIB = 1 << 20;

    private final SystemOptions options;
    private final KillMemory memory;

    MemoryCheck(SystemOptions options, TimeSource time) {
        this.options = options;
        memory = new KillMemory(time);
    }

    @Override
    public Outcome run(CheckContext context) throws IOException {
        var answers = new ArrayList<Outcome>();
        var lines = KernelFile.lines(options.root().resolve("proc/meminfo"));
        var total = KernelFile.number(lines, "MemTotal");
        var available = KernelFile.number(lines, "MemAvailable");
        if (total.isPresent() && available.isPresent() && total.getAsLong() > 0) {
            answers.add(judge("the host", available.getAsLong() * KIB, total.getAsLong() * KIB, options.hostMemory()));
        }
        ControlGroup.read(options.root())
                .ifPresent(group ->
                        answers.add(judge("our control group", group.left(), group.limit(), options.groupMemory())));
        var room = answers.stream()
                .reduce(MemoryCheck::worse)
                .orElseGet(() -> Outcome.warn("the kernel does not say how much memory is available")
                        .reason("unknown_size")
                        .hint("look whether /proc is mounted and whole, or suppress this check here"));
        var kills = ControlGroup.kills(options.root());
        return kills.isEmpty()
                ? room
                : memory.judge(kills.getAsLong())
                        .map(warning -> both(room, warning))
                        .orElse(room)
                        .observed("oom_kills", kills.getAsLong(), "processes");
    }

    /** What was measured stays, whichever of them is worse. */
    private static Outcome both(Outcome room, Outcome warning) {
        if (room.status() != Status.PASS) {
            return room.message(room.message() + "; " + warning.message());
        }
        var both = warning;
        for (var value : room.observed().entrySet()) {
            var number = value.getValue().value();
            both = number instanceof Long count
                    ? both.observed(value.getKey(), count, value.getValue().unit())
                    : both.observed(
                            value.getKey(),
                            number.doubleValue(),
                            value.getValue().unit());
        }
        return both;
    }

    private static Outcome worse(Outcome one, Outcome other) {
        if (one.status() != other.status()) {
            return one.status().worse(other.status()) == one.status() ? one : other;
        }
        return percent(one) <= percent(other) ? one : other;
    }

    private static double percent(Outcome outcome) {
        return outcome.observed().values().iterator().next().value().doubleValue();
    }

    private static Outcome judge(String whose, long left, long whole, SystemOptions.Shares limits) {
        double percent = Math.floor(left * 1000.0 / whole) / 10;
        var outcome = Outcome.below("available", percent, "percent")
                .warn(limits.warnPercent())
                .fail(limits.failPercent())
                .observed("available_bytes", left, "bytes");
        double limit = outcome.status() == Status.FAIL ? limits.failPercent() : limits.warnPercent();
        var text = String.format(
                Locale.ROOT,
                "%s has %.1f %% of its memory left, %.0f of %.0f MiB, limit %.0f %%",
                whose,
                percent,
                left / MIB,
                whole / MIB,
                limit);
        return outcome.status() == Status.PASS
                ? outcome.message(text)
                : outcome.message(text)
                        .reason("low_memory")
                        .hint(
                                "see what uses it (ps aux --sort=-rss, docker stats); the kernel kills when none is left");
    }
}
