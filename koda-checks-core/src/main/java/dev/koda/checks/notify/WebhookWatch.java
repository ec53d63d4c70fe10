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
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides what one webhook is told. */
final class WebhookWatch implements Flow.Subscriber<CheckEvent> {
    private final Webhook webhook;
    private final Turn turn;
    private final TimeSource time;
    private final Function<CheckId, Optional<CheckResult>> current;
    private final Map<CheckId, Problem> problems = new HashMap<>();
    private Flow.@Nullable Subscription subscription;
    private boolean isClosed;

    /** What it was told of and not yet that it is over. */
    private static final class Problem {
        private final Instant began;
        private CheckResult result;
        /** By this server: then it tells the end too, whoever's turn it is, for a receiver may know it by its id. */
        private boolean isTold;

        private TimeSource.@Nullable Timer reminder;

        Problem(CheckResult result) {
            this.began = result.since();
            this.result = result;
        }
    }

    /**
     * @param current how a check stands now
     */
    WebhookWatch(Webhook webhook, Turn turn, TimeSource time, Function<CheckId, Optional<CheckResult>> current) {
        this.webhook = webhook;
        this.turn = turn;
        this.time = time;
        this.current = current;
    }

    Turn turn() {
        return turn;
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
            recovered(known, event.result());
        }
    }

    private void bad(@Nullable Problem known, CheckEvent event) {
        var problem = known == null ? new Problem(event.result()) : known;
        boolean isNews = known == null || isWorse(event.result().status(), known.result.status());
        var before = known == null ? event.before() : known.result.status();
        problem.result = event.result();
        if (isNews) {
            problems.put(event.id(), problem);
            tell(NoticeEvent.PROBLEM, problem, before);
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
            var status = problem.result.status();
            // An event comes with a change of the status only, and what is wrong may have changed since.
            current.apply(problem.result.id())
                    .filter(now -> tells(now) && now.status() == status)
                    .ifPresent(now -> problem.result = now);
            tell(NoticeEvent.REMINDER, problem, status);
            remindLater(problem);
        }
    }

    private void tell(NoticeEvent event, Problem problem, @Nullable Status before) {
        problem.isTold |= turn.tell(new Notice(event, problem.result, before, problem.began, time.now()));
    }

    private void recovered(Problem problem, CheckResult result) {
        var notice = new Notice(NoticeEvent.RECOVERY, result, problem.result.status(), problem.began, time.now());
        if (problem.isTold) {
            turn.tellAnyway(notice);
        } else {
            turn.tell(notice);
        }
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
        turn.close();
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
