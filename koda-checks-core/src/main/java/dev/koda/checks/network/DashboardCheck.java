package dev.koda.checks.network;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Does the dashboard open in a browser? */
final class DashboardCheck implements Check {
    /** More than these three (to https, to the right host, to the login) is a detour or a loop. */
    private static final int REDIRECTS = 3;

    private static final Pattern LOGIN =
            Pattern.compile("/(log-?in|sign-?in|sso|auth|oauth2?|authorize)(/|\\z)", Pattern.CASE_INSENSITIVE);

    private final HttpTarget target;
    private final HttpFetch http;
    private final Duration slow;

    DashboardCheck(URI url, HttpFetch http, Duration slow) {
        var start = HttpTarget.get(url);
        // Somebody else's login page may be out of reach of this host; that it is asked for is enough.
        target = start.following(REDIRECTS, to -> start.isSameOrigin(to) || !isLogin(to));
        this.http = http;
        this.slow = slow;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return http.outcome(target, context, this::judge);
    }

    private Outcome judge(HttpAnswer answer) {
        boolean opens = answer.status() >= 200 && answer.status() <= 299;
        boolean asksForLogin = answer.redirect().filter(DashboardCheck::isLogin).isPresent();
        if (!opens && !asksForLogin) {
            return answer.unexpectedStatus(
                    "200 to 299 or a redirect to a login",
                    "look at the log of the dashboard and of the proxy before it; put user and password into the URL "
                            + "if a proxy asks for them");
        }
        long millis = answer.took().toMillis();
        var timed = Outcome.above("response", (double) millis, "milliseconds")
                .warn((double) slow.toMillis())
                .neverFails();
        return millis <= slow.toMillis()
                ? timed.message((asksForLogin ? "sends to its login in " : "opens in ") + millis + " ms")
                : timed.message(target + " took " + millis + " ms, limit " + slow.toMillis() + " ms")
                        .reason("slow")
                        .hint("look at the load of the dashboard and at the path between");
    }

    private static boolean isLogin(URI url) {
        return url.getPath() != null && LOGIN.matcher(url.getPath()).find();
    }
}
