package dev.koda.checks.notify;

import dev.koda.checks.Service;
import dev.koda.checks.TimeSource;
import dev.koda.checks.notify.Webhook.Answer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends the notices of one webhook in their order, one after the other, each again until it is taken, refused for good
 * or given up after eight attempts, which take half an hour unless the receiver asks for more. One that is away holds up
 * its own notices and nothing else.
 */
final class Delivery {
    /** More than that wait for nobody: {@link #least} is given up for the newest. */
    static final int MOST = 100;

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10));
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Webhook webhook;
    private final Service service;
    private final TimeSource time;
    private final Notifications.Listener listener;
    private final ArrayDeque<Notice> waiting = new ArrayDeque<>();
    private TimeSource.@Nullable Timer pause;
    private boolean isSending;
    private boolean isClosed;

    Delivery(Webhook webhook, Service service, TimeSource time, Notifications.Listener listener) {
        this.webhook = webhook;
        this.service = service;
        this.time = time;
        this.listener = listener;
    }

    void add(Notice notice) {
        List<Notice> dropped;
        synchronized (this) {
            dropped = waiting.size() >= MOST ? least() : List.of();
            waiting.removeAll(dropped);
            waiting.add(notice);
        }
        dropped.forEach(one -> failed(one, "more than " + MOST + " notices wait for it", true));
        next();
    }

    /**
     * What is given up for a newer one: a reminder, else a trouble that is over and was never told of, else the oldest
     * problem. The end of a trouble that was told of is never given up; there is one a check at most.
     */
    private List<Notice> least() {
        var reminder = first(one -> one.event() == NoticeEvent.REMINDER);
        if (reminder.isPresent()) {
            return List.of(reminder.get());
        }
        var over = first(one -> one.event() == NoticeEvent.PROBLEM && isOver(one));
        if (over.isPresent()) {
            return waiting.stream().filter(one -> one.isOfSame(over.get())).toList();
        }
        return first(one -> one.event() == NoticeEvent.PROBLEM || isAmongLater(one)).stream()
                .toList();
    }

    private Optional<Notice> first(Predicate<Notice> wanted) {
        return waiting.stream().filter(wanted).findFirst();
    }

    private boolean isOver(Notice problem) {
        return first(one -> one.event() == NoticeEvent.RECOVERY && one.isOfSame(problem))
                .isPresent();
    }

    /** Of the check there is a later trouble, the end of which says the same. */
    private boolean isAmongLater(Notice recovery) {
        return first(one -> one.check().equals(recovery.check()) && one.began().isAfter(recovery.began()))
                .isPresent();
    }

    private void next() {
        Notice notice;
        synchronized (this) {
            if (isSending || isClosed || waiting.isEmpty()) {
                return;
            }
            isSending = true;
            notice = waiting.remove();
        }
        attempt(notice, 0);
    }

    private void attempt(Notice notice, int pauses) {
        send(notice).whenComplete((answer, failure) -> {
            if (failure != null) {
                ended(notice, pauses, new Answer("gives no answer", false, null));
            } else {
                ended(notice, pauses, answer);
            }
        });
    }

    private CompletionStage<Answer> send(Notice notice) {
        try {
            return webhook.sender().send(webhook.body().render(notice.fields(service)));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void ended(Notice notice, int pauses, Answer answer) {
        var fault = answer.fault();
        boolean isOver = fault == null || answer.isFinal() || pauses == PAUSES.size();
        synchronized (this) {
            isSending = !isOver;
            if (!isOver && !isClosed) {
                pause = time.schedule(pauseAfter(pauses, answer.retryAfter()), () -> attempt(notice, pauses + 1));
            }
        }
        if (fault == null) {
            listener.sent(webhook.id(), notice.check().toString());
        } else {
            failed(notice, fault, isOver);
        }
        if (isOver) {
            next();
        }
    }

    private static Duration pauseAfter(int pauses, @Nullable Duration asked) {
        var usual = PAUSES.get(pauses);
        var longer = asked == null || asked.compareTo(usual) < 0 ? usual : asked;
        return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }

    private void failed(Notice notice, String why, boolean isLast) {
        listener.failed(webhook.id(), notice.check().toString(), why, isLast);
    }

    synchronized void close() {
        isClosed = true;
        waiting.clear();
        if (pause != null) {
            pause.cancel();
        }
    }
}
