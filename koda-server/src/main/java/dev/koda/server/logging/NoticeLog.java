package dev.koda.server.logging;

import dev.koda.checks.notify.Notifications;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Logs what came of notices to webhooks: each that was taken, and each attempt that failed. */
public final class NoticeLog implements Notifications.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeLog.class);

    @Override
    public void sent(String webhook, String check) {
        LOG.atInfo()
                .addKeyValue("event", "notice.sent")
                .addKeyValue("webhook", webhook)
                .addKeyValue("check", check)
                .log("told {} about {}", webhook, check);
    }

    @Override
    public void failed(String webhook, String check, String why, boolean isLast) {
        LOG.atLevel(isLast ? Level.ERROR : Level.WARN)
                .addKeyValue("event", isLast ? "notice.given-up" : "notice.failed")
                .addKeyValue("webhook", webhook)
                .addKeyValue("check", check)
                .log("could not tell {} about {}{}: {}", webhook, check, isLast ? ", and gives up" : "", why);
    }
}
