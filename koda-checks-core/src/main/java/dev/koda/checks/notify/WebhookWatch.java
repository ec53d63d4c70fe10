package dev.koda.checks.notify;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Decides what one webhook is told. */
final class WebhookWatch implements Flow.Subscriber<CheckEvent> {
    private final Webhook webhook;
    private final Delivery delivery;
    private final TimeSource time;
    private final Map<CheckId, Problem> problems = new HashMap<>();
    private Flow.@Nullable Subscription subscription;
    private boolean isClosed;

    /** What it was told of and not yet that it is over. */
    private static final class Problem {
        private final Instant began;
        private CheckResult result;
        private TimeSource.@Nullable Timer reminder;

        Problem(CheckResult result) {
            this.began = result.since();
            this.result = result;
        }
    }

    WebhookWatch(Webhook webhook, Delivery delivery, TimeSource time) {
        this.webhook = webhook;
        this.delivery = delivery;
        this.time = time;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        synchronized (this) {
            subscription = given;
        }
        given.request(Long.MAX_VALUE);
    }

    /** A check that waits for another, or whose server ends, says nothing about itself: what was told of it stands. */
    private static boolean tells(CheckResult result) {
        return !result.isNotRun()
                && !Reason.DRAINING.equals(result.reason())
                && !Reason.PENDING.equals(result.reason());
    }

    @Override
    public synchronized void onNext(CheckEvent event) {
        if (isClosed || !webhook.isAbout(event.id()) || !tells(event.result())) {
            return;
        }
        var known = problems.get(event.id());
        var status = event.result().status();
        if (webhook.on().contains(status)) {
            bad(known, event);
        } else if (known != null) {
            problems.remove(event.id());
            cancel(known);
            send(NoticeEvent.RECOVERY, event.result(), known.result.status(), known.began);
        }
    }

    private void bad(@Nullable Problem known, CheckEvent event) {
        var problem = known == null ? new Problem(event.result()) : known;
        boolean isNews = known == null || isWorse(event.result().status(), known.result.status());
        var before = known == null ? event.before() : known.result.status();
        problem.result = event.result();
        if (isNews) {
            problems.put(event.id(), problem);
            send(NoticeEvent.PROBLEM, event.result(), before, problem.began);
            remindLater(problem);
        }
    }

    private static boolean isWorse(Status now, Status before) {
        return now == Status.FAIL && before != Status.FAIL;
    }

    private void remindLater(Problem problem) {
        cancel(problem);
        if (!webhook.reminder().isZero()) {
            problem.reminder = time.schedule(webhook.reminder(), () -> remind(problem));
        }
    }

    private synchronized void remind(Problem problem) {
        if (!isClosed && problem.equals(problems.get(problem.result.id()))) {
            send(NoticeEvent.REMINDER, problem.result, problem.result.status(), problem.began);
            remindLater(problem);
        }
    }

    private void send(NoticeEvent event, CheckResult result, @Nullable Status before, Instant began) {
        delivery.add(new Notice(event, result, before, began, time.now()));
    }

    private static void cancel(Problem problem) {
        var reminder = problem.reminder;
        if (reminder != null) {
            reminder.cancel();
        }
    }

    synchronized void close() {
        isClosed = true;
        problems.values().forEach(WebhookWatch::cancel);
        problems.clear();
        delivery.close();
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        close();
    }

    /** The engine has ended; what is on its way may arrive. */
    @Override
    public void onComplete() {}
}
