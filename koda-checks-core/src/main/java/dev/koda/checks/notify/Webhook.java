package dev.koda.checks.notify;

import dev.koda.checks.CheckId;
import dev.koda.checks.Glob;
import dev.koda.checks.Status;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Whom to tell, and of what. Immutable.
 *
 * @param id what the log calls it
 * @param on which statuses are a problem: fail, or warn and fail
 * @param checks of which checks; empty means all
 * @param reminder after how long a problem that lasts is told again, each time; zero means never
 * @param body what is sent
 * @param sender who sends it
 */
public record Webhook(
        String id, Set<Status> on, List<Glob> checks, Duration reminder, BodyTemplate body, Sender sender) {
    public Webhook {
        Objects.requireNonNull(id, "id");
        on = Set.copyOf(on);
        checks = List.copyOf(checks);
        Objects.requireNonNull(reminder, "reminder");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(sender, "sender");
    }

    /** Sends one body. */
    @FunctionalInterface
    public interface Sender {
        /** Never blocks, and ends within a bounded time; a stage that fails counts as no answer. */
        CompletionStage<Answer> send(String json);
    }

    /**
     * What came of it.
     *
     * @param fault null if it was taken; else why not, in words that may be logged
     * @param isFinal true if sending the same again is of no use
     * @param retryAfter how long the other side asks to wait, or null
     */
    public record Answer(
            @Nullable String fault,
            boolean isFinal,
            @Nullable Duration retryAfter) {
        /** It was taken. */
        public static Answer taken() {
            return new Answer(null, false, null);
        }
    }

    boolean isAbout(CheckId id) {
        return checks.isEmpty() || checks.stream().anyMatch(glob -> glob.matches(id));
    }
}
