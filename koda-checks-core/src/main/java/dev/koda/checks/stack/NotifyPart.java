package dev.koda.checks.stack;

import dev.koda.checks.Glob;
import dev.koda.checks.Outcome;
import dev.koda.checks.network.HttpAnswer;
import dev.koda.checks.network.HttpRequest;
import dev.koda.checks.network.HttpTarget;
import dev.koda.checks.notify.BodyTemplate;
import dev.koda.checks.notify.Notifications;
import dev.koda.checks.notify.Webhook;
import dev.koda.checks.settings.Notification;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsException;
import dev.koda.checks.settings.SettingsProblem;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whom koda.yaml wants to be told. Every body is tried; only a server tells anybody. */
final class NotifyPart {
    /** For the whole of one request. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Settings settings;
    private final StackClients clients;

    NotifyPart(Settings settings, StackClients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    /**
     * @param notifications of the server, or null
     * @throws SettingsException if a body is not JSON, or names what a notice does not have
     */
    void addTo(@Nullable Notifications notifications) {
        var problems = new ArrayList<SettingsProblem>();
        for (var notification : settings.notifications()) {
            try {
                var webhook = webhook(notification);
                if (notifications != null) {
                    notifications.add(webhook);
                }
            } catch (IllegalArgumentException e) {
                problems.add(notification.place().problem(String.valueOf(e.getMessage()), null));
            }
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    private Webhook webhook(Notification notification) {
        var text = notification.body();
        return new Webhook(
                notification.id(),
                notification.on(),
                notification.checks().stream().map(Glob::new).toList(),
                notification.reminder(),
                text == null ? BodyTemplate.standard() : BodyTemplate.of(text),
                sender(notification));
    }

    private Webhook.Sender sender(Notification notification) {
        var target = HttpTarget.get(notification.url());
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", "application/json");
        headers.putAll(notification.headers());
        return body -> clients.http()
                .fetch(
                        target.sending(new HttpRequest("POST", headers, body)),
                        LIMIT,
                        NotifyPart::answer,
                        fault -> unanswered(target, notification.url(), fault));
    }

    /** What is wrong with a request stays wrong; what a server cannot do now it may do later (RFC 9110, section 15). */
    private static Webhook.Answer answer(HttpAnswer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return Webhook.Answer.taken();
        }
        boolean isLater = status >= 500 || status == 408 || status == 425 || status == 429;
        return new Webhook.Answer("answers " + status, !isLater, retryAfter(answer));
    }

    private static @Nullable Duration retryAfter(HttpAnswer answer) {
        var text = answer.headers().get("Retry-After");
        return text != null && text.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(text)) : null;
    }

    /** In the words of the fault, with the origin in place of the target, whose path often is a credential. */
    private static Webhook.Answer unanswered(HttpTarget target, URI url, Outcome fault) {
        boolean isRefused = String.valueOf(fault.reason()).equals("address_refused");
        var words = fault.message();
        var shown = target.toString();
        var rest = words.startsWith(shown) ? words.substring(shown.length()) : " gives no answer: " + fault.reason();
        return new Webhook.Answer(origin(url) + rest, isRefused, null);
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }
}
